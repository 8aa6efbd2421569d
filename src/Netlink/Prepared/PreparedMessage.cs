using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VffNetlink;

/// <summary>
/// A message that was built once (<see cref="PreparedMessageBuilder"/>) and is sent over and over with other values in its slots: what a program does that
/// handles one object after another, at a fraction of the cost of building.
/// </summary>
/// <remarks>
/// <code>
/// var builder = new PreparedMessageBuilder(type, flags);
/// var header = builder.PutHeader&lt;tcmsg, TCA&gt;(new tcmsg { … }, out var attributes);
/// var handle = header.Field(static (ref tcmsg m) => ref m.tcm_handle);
/// …
/// var prepared = builder.Build();
///
/// var next = prepared.Patch();            // in place; or into a buffer: prepared.CopyTo(buffer), batch.Begin(prepared)
/// next.Set(handle, 0x10002u);
/// socket.TryRequest(next.Message, space, out var error);
/// </code>
/// Patched in place it is for one thread at a time; copies may be made by many threads while nobody does that.
/// </remarks>
public sealed class PreparedMessage
{
    private byte[] _bytes = [];

    internal PreparedMessage()
    {
    }

    /// <summary>Bytes of the message; the same whatever the values.</summary>
    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bytes.Length;
    }

    /// <summary>The message as it stands, for sending. Its sequence number is filled in by the socket.</summary>
    public Span<byte> Message => _bytes;

    /// <summary>To set values in place. They stay for the next time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MessagePatch Patch() => new(ref MemoryMarshal.GetArrayDataReference(_bytes), this);

    /// <summary>Copies the message to the beginning of a buffer, to set values there.</summary>
    /// <param name="buffer">At least <see cref="Length"/> bytes; it must outlive what is returned.</param>
    /// <exception cref="ArgumentException">The buffer is too short; nothing was written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MessagePatch CopyTo(Span<byte> buffer)
    {
        _bytes.CopyTo(buffer);
        return new MessagePatch(ref MemoryMarshal.GetReference(buffer), this);
    }

    internal void Complete(ReadOnlySpan<byte> message) => _bytes = message.ToArray();
}
