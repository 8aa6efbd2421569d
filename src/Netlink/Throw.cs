using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

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
    public static void Format(string message) => throw new NetlinkFormatException(message);

    [DoesNotReturn]
    public static void AttributeLength(string name, int actual, int expected) =>
        throw new NetlinkFormatException($"Attribute {name} has a payload of {actual} bytes; {expected} were expected.");
}
