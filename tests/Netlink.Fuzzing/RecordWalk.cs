namespace VffNetlink.Fuzzing;

/// <summary>Walks structs one behind the other, each with its length, attributes included, in its first 16 bits. It stops where a length makes no sense.</summary>
internal ref struct RecordWalk(ReadOnlySpan<byte> records, int headerSize)
{
    private ReadOnlySpan<byte> _rest = records;

    /// <summary>With its struct.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>What was not walked.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < headerSize)
            return false;
        int length = BitConverter.ToUInt16(_rest);
        if (length < headerSize || length > _rest.Length)
            return false;
        Current = _rest[..length];
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
