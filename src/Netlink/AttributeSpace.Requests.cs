using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <content>What a request asked, for its refusal.</content>
public sealed partial class AttributeSpace
{
    private const int MaximumRequest = 128;

    private Func<ushort, string?>? _messageName;
    private RequestWriter? _request;

    /// <summary>Names the messages that start with this space, and what they are about, for <see cref="NetlinkError.Request"/>.</summary>
    /// <typeparam name="TType">The message types; an enum of one byte has the low byte of <c>nlmsg_type</c>, as in nfnetlink.</typeparam>
    /// <param name="request">Says what a message is about: the kind, the device. Null: its type says it all.</param>
    /// <returns>This space.</returns>
    public AttributeSpace WithRequests<TType>(RequestWriter? request = null)
        where TType : unmanaged, Enum
    {
        _messageName = static type => Unsafe.SizeOf<TType>() == 1
            ? Enum.GetName(Unsafe.BitCast<byte, TType>((byte)type))
            : Enum.GetName(Unsafe.BitCast<ushort, TType>(type));
        _request = request;
        return this;
    }

    /// <summary>What a request asks, such as <c>RTM_NEWQDISC htb on index 4</c>; null where this space does not know. What was said before allocates nothing.</summary>
    internal string? Describe(ReadOnlySpan<byte> request)
    {
        if (_messageName is null || request.Length < MessageWriter.HeaderSize)
            return null;
        var message = new NetlinkMessage(MemoryMarshal.Read<nlmsghdr>(request), request[MessageWriter.HeaderSize..]);
        if (_messageName(message.Type) is not { } name)
            return null;
        if (_request is null)
            return name;
        var text = new DefaultInterpolatedStringHandler(0, 0, System.Globalization.CultureInfo.InvariantCulture, stackalloc char[MaximumRequest]);
        text.AppendLiteral(name);
        try
        {
            _request(message, ref text);
        }
        catch (NetlinkFormatException)
        {
            // A request that the kernel refused for being malformed: its type, and what was said until here, is what can be told.
        }

        var known = TextCache.Requests.Get(text.Text);
        text.Clear();
        return known;
    }
}
