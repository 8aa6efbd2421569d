namespace VffNetlink;

/// <summary>A place in a <see cref="PreparedMessage"/> for a fixed number of bytes, such as a map's key. More or fewer are refused.</summary>
public readonly struct BytesSlot
{
    internal BytesSlot(PreparedMessage owner, int offset, int length)
    {
        Owner = owner;
        Offset = offset;
        Length = length;
    }

    /// <summary>How many they are; 0 for the default value, which is a place in no message.</summary>
    public int Length { get; }

    internal PreparedMessage? Owner { get; }

    internal int Offset { get; }
}
