namespace VffNetlink.Fuzzing;

/// <summary>Walks attributes without the library's help, so that the library is not its own judge. It stops where a length makes no sense.</summary>
internal ref struct AttributeWalk(ReadOnlySpan<byte> attributes)
{
    private const int HeaderSize = 4;

    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>With the flag bits.</summary>
    public ushort Type { get; private set; }

    /// <summary>Without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>What was not walked: nothing, or up to three bytes of padding, where the attributes are well formed.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < HeaderSize)
            return false;
        int length = BitConverter.ToUInt16(_rest);
        if (length < HeaderSize || length > _rest.Length)
            return false;
        Type = BitConverter.ToUInt16(_rest[2..]);
        Payload = _rest[HeaderSize..length];
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
