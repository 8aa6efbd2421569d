using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>What a kernel of the tests says: whole datagrams, in the layouts that real ones use.</summary>
internal static class Script
{
    /// <summary>The type of the objects that answer.</summary>
    public const ushort Object = 0x20;

    /// <summary>A request with a header of 4 bytes and one attribute.</summary>
    public static byte[] Request(NLM_F flags = NLM_F.NONE)
    {
        var buffer = new byte[64];
        var message = MessageWriter.Begin(buffer, 0x21, flags);
        message.PutHeader<nfgenmsg, OUTER>(default).Put(OUTER.OUTER_NUMBER, 7u);
        return message.Message.ToArray();
    }

    /// <summary>An object with a number in it.</summary>
    public static byte[] Item(uint sequence, uint number, NLM_F flags = NLM_F.NLM_F_MULTI) =>
        ScriptedTransport.Message(Object, flags, sequence, BitConverter.GetBytes(number));

    /// <summary>The end of a dump.</summary>
    public static byte[] Done(uint sequence, int errno = 0, NLM_F flags = NLM_F.NLM_F_MULTI, ReadOnlySpan<byte> attributes = default)
    {
        byte[] payload = [.. BitConverter.GetBytes(-errno), .. attributes];
        return ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, flags | (attributes.IsEmpty ? 0 : NLM_F.NLM_F_ACK_TLVS), sequence, payload);
    }

    /// <summary>A refusal with the whole request in it, as it comes without NETLINK_CAP_ACK.</summary>
    public static byte[] Uncapped(ReadOnlySpan<byte> request, int errno, ReadOnlySpan<byte> attributes)
    {
        byte[] payload = [.. BitConverter.GetBytes(-errno), .. request, .. attributes];
        return ScriptedTransport.Message((ushort)NLMSG.NLMSG_ERROR, attributes.IsEmpty ? 0 : NLM_F.NLM_F_ACK_TLVS, ScriptedTransport.SequenceOf(request), payload);
    }

    /// <summary>The attributes of an extended acknowledgement.</summary>
    public static byte[] Explain(string? text = null, int? offset = null, uint? missing = null, int? nest = null)
    {
        var buffer = new byte[1024];
        var message = MessageWriter.Begin(buffer, 0, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, NLMSGERR_ATTR>(default);
        if (text is not null)
            attributes.PutString(NLMSGERR_ATTR.NLMSGERR_ATTR_MSG, text);
        if (offset is { } at)
            attributes.Put(NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS, at);
        if (missing is { } id)
            attributes.Put(NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE, id);
        if (nest is { } start)
            attributes.Put(NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST, start);
        return message.Message[20..].ToArray();
    }

    /// <summary>What the kernel wants of a number.</summary>
    public static byte[] Policy(NL_ATTR_TYPE type, ulong minimum, ulong maximum)
    {
        var message = MessageWriter.Begin(new byte[128], 0, NLM_F.NONE);
        using (var policy = message.PutHeader<nfgenmsg, NLMSGERR_ATTR>(default).Nest<NL_POLICY_TYPE_ATTR>(NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY))
        {
            policy.Put(NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_TYPE, (uint)type);
            policy.Put(NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_VALUE_U, minimum);
            policy.Put(NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_VALUE_U, maximum);
        }

        return message.Message[20..].ToArray();
    }

    /// <summary>Several messages in one datagram.</summary>
    public static byte[] Together(params ReadOnlySpan<byte[]> messages)
    {
        var bytes = new List<byte>();
        foreach (var message in messages)
            bytes.AddRange(message);
        return [.. bytes];
    }

    /// <summary>The next request and its acknowledgement work: nothing of what happened before is left on the socket.</summary>
    public static void AssertUsable(NetlinkSocket socket, ScriptedTransport kernel)
    {
        kernel.OnWait = null;
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, 0));
        var waits = kernel.Calls.Waits;
        Assert.True(socket.TryRequest(Request(), null, out var error), error.ToString());
        Assert.Equal(waits, kernel.Calls.Waits);
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, Errno.EEXIST));
        Assert.False(socket.TryRequest(Request(), null, out error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Equal(0, kernel.Pending);
    }
}
