namespace VffNetlink;

/// <summary>A place in a <see cref="PreparedMessage"/> for a number in network byte order; it is given in the machine's.</summary>
/// <typeparam name="T">An integer of 16, 32 or 64 bits.</typeparam>
public readonly struct BigEndianSlot<T>
    where T : unmanaged
{
    internal BigEndianSlot(Slot<T> raw) => Raw = raw;

    internal Slot<T> Raw { get; }
}
