using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace VffNetlink;

/// <summary>Every throw of the message layer, out of line so that the callers inline.</summary>
[StackTraceHidden]
internal static class Throw
{
    [DoesNotReturn]
    public static void BufferFull(int needed, int left) =>
        throw new InvalidOperationException($"The message needs {needed} more bytes and its buffer has {left} left.");

    [DoesNotReturn]
    public static void AttributeTooLong(int length) =>
        throw new InvalidOperationException($"A netlink attribute holds at most 65535 bytes, header included; this one has {length}.");

    [DoesNotReturn]
    public static void AddressLength(int length) => throw new ArgumentException($"An address has 4 or 16 bytes, not {length}.");

    [DoesNotReturn]
    public static void ForeignSlot() => throw new ArgumentException("The slot is not one of this message.");

    /// <summary>A wrong length would have the kernel take what lies behind the message for another one.</summary>
    public static void IfNotOneMessage(ReadOnlySpan<byte> message)
    {
        if (message.Length < MessageWriter.HeaderSize)
            throw new ArgumentException($"A netlink message has at least {MessageWriter.HeaderSize} bytes; this one has {message.Length}.", nameof(message));
        var length = MemoryMarshal.Read<uint>(message);
        if (length != message.Length || (length & 3) != 0)
            throw new ArgumentException($"A message of {message.Length} bytes says that it has {length}; whole messages have a multiple of 4.", nameof(message));
    }

    [DoesNotReturn]
    public static void Format(string message) => throw new NetlinkFormatException(message);

    [DoesNotReturn]
    public static void AttributeLength(string name, int actual, int expected) =>
        throw new NetlinkFormatException($"Attribute {name} has a payload of {actual} bytes; {expected} were expected.");
}
