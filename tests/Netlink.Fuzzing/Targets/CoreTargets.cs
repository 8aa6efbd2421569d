using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers that all families share.</summary>
internal static class CoreTargets
{
    private static readonly byte[] Request = RequestToBlame();

    private static readonly AttributeSpace Policy = AckSpaces.Explanation.Inside((ushort)NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY, default)!;

    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfMessages(typeof(AckReader), NETLINK.NETLINK_ROUTE, Behind<CappedError>(), static (scoped in m) => _ = AckReader.ReadError(m, Request, RouteCatalog.Links).ToString(), (ushort)NLMSG.NLMSG_ERROR)
            .As("AckReader.Error", static m => DressAck(m, NLM_F.NLM_F_CAPPED)),
        FuzzTarget.OfMessages(typeof(AckReader), NETLINK.NETLINK_ROUTE, Behind<UncappedError>(), static (scoped in m) => _ = AckReader.ReadError(m, Request, RouteCatalog.Links).ToString(), (ushort)NLMSG.NLMSG_ERROR)
            .As("AckReader.Uncapped", static m => DressAck(m, NLM_F.NONE)),
        FuzzTarget.OfMessages(typeof(AckReader), NETLINK.NETLINK_ROUTE, Behind<int>(), static (scoped in m) => _ = AckReader.ReadDone(m, Request, RouteCatalog.Links).ToString(), (ushort)NLMSG.NLMSG_DONE)
            .As("AckReader.Done", static m => DressAck(m, NLM_F.NLM_F_MULTI)),
        FuzzTarget.OfPayload(typeof(AttributePolicy), Policy, static p => _ = AttributePolicy.Read(p)?.ToString()),
        FuzzTarget.OfPayload(typeof(RawAttributes), RouteCatalog.Links.Inside((ushort)IFLA.IFLA_LINKINFO, default), ReadRaw),
        FuzzTarget.OfPayload(typeof(InetAddress), AttributeSpace.OfStruct<uint>(), static p => _ = InetAddress.TryRead(p, out var address) ? address.ToString() : ""),
        FuzzTarget.OfRoute(typeof(AttributeReader<>), RouteCatalog.Links, ReadAttributes, RTM.RTM_NEWLINK),
        FuzzTarget.OfRoute(typeof(ReplyReader), RouteCatalog.Links, Replies.Read, RTM.RTM_NEWLINK),
    ];

    /// <summary>The explanation behind a header.</summary>
    private static AttributeSpace Behind<THeader>()
        where THeader : unmanaged => AttributeSpace.Of<THeader, NLMSGERR_ATTR>((NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY, Policy))
            .With(ValueFormat.String, NLMSGERR_ATTR.NLMSGERR_ATTR_MSG)
            .With(ValueFormat.U32, NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS, NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE, NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST);

    /// <summary>An error number that the kernel has, the flags that say what follows, and the length of the request that is echoed.</summary>
    private static void DressAck(Span<byte> message, NLM_F flags)
    {
        BitConverter.TryWriteBytes(message[6..], (ushort)(flags | NLM_F.NLM_F_ACK_TLVS));
        if (message.Length < 20)
            return;
        BitConverter.TryWriteBytes(message[16..], -(int)(BitConverter.ToUInt32(message[16..]) % (AckReader.MaximumErrno + 1)));
        if (flags == NLM_F.NONE && message.Length >= 36)
            BitConverter.TryWriteBytes(message[20..], 32);
    }

    private static byte[] RequestToBlame()
    {
        var message = MessageWriter.Begin(new byte[256], (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_REQUEST);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(IFLA.IFLA_IFNAME, "v0"u8);
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.PutString(IFLA_INFO.IFLA_INFO_KIND, "veth"u8);
            new VethLink("v1").WriteData(info);
        }

        return message.Message.ToArray();
    }

    private static void ReadRaw(ReadOnlySpan<byte> payload)
    {
        var raw = new RawAttributes(payload);
        foreach (var a in raw.Read<IFLA_INFO>())
            _ = a.ReadString();
        Rewriting.Same(raw, new RawAttributes(raw.Span));
    }

    private static void ReadAttributes(scoped in NetlinkMessage message)
    {
        _ = message.ReadHeader<ifinfomsg>();
        ReadAttributes(message.Attributes<ifinfomsg, IFLA>(), 0);
    }

    /// <summary>Whatever an attribute is, it is read as everything that its length allows.</summary>
    private static void ReadAttributes(AttributeReader<IFLA> attributes, int depth)
    {
        foreach (var a in attributes)
        {
            _ = a.ReadUtf8().Length + a.ReadString().Length;
            switch (a.Payload.Length)
            {
                case 1:
                    _ = a.ReadByte();
                    break;
                case 2:
                    _ = a.ReadUInt16() + a.ReadUInt16BigEndian();
                    break;
                case 4:
                    _ = a.ReadUInt32() + a.ReadUInt32BigEndian() + a.ReadInt32();
                    break;
                case 8:
                    _ = a.ReadUInt64() + a.ReadUInt64BigEndian();
                    break;
                case > 8:
                    _ = a.ReadStruct<rtnl_link_stats64>(minimum: 9);
                    break;
            }

            if (depth < 6 && a.IsFlaggedNest)
                ReadAttributes(a.Nested<IFLA>(), depth + 1);
            attributes.TryFind(IFLA.IFLA_IFNAME, out _);
        }
    }

    /// <summary>The error number and the request's header, which is all that is repeated of it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 20)]
    private struct CappedError;

    /// <summary>The error number and a request with 16 bytes of payload.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 36)]
    private struct UncappedError;
}
