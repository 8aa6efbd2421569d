using VffNetlink.Generic;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of generic netlink.</summary>
internal static class GenericTargets
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfMessages(typeof(GenericFamily), NETLINK.NETLINK_GENERIC, GenericCatalog.Families, static (scoped in m) => _ = GenericFamily.Read(m).ToString(), (ushort)GENL_ID.GENL_ID_CTRL)
            .As(nameof(GenericFamily), DressFamily)
            .With(Family()),
    ];

    /// <summary>A family with an operation and a group.</summary>
    private static byte[] Family()
    {
        var message = MessageWriter.Begin(new byte[256], (ushort)GENL_ID.GENL_ID_CTRL, NLM_F.NONE);
        var attributes = message.PutHeader<genlmsghdr, CTRL_ATTR>(new genlmsghdr { cmd = (byte)CTRL_CMD.CTRL_CMD_NEWFAMILY, version = 2 });
        attributes.PutString(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME, "nlctrl"u8);
        attributes.Put(CTRL_ATTR.CTRL_ATTR_FAMILY_ID, (ushort)GENL_ID.GENL_ID_CTRL);
        attributes.Put(CTRL_ATTR.CTRL_ATTR_VERSION, 2u);
        using (var operations = attributes.Nest<CTRL_ATTR_OP>(CTRL_ATTR.CTRL_ATTR_OPS))
        {
            using var one = operations.Nest<CTRL_ATTR_OP>((CTRL_ATTR_OP)1);
            one.Put(CTRL_ATTR_OP.CTRL_ATTR_OP_ID, 3u);
            one.Put(CTRL_ATTR_OP.CTRL_ATTR_OP_FLAGS, 14u);
        }

        using (var groups = attributes.Nest<CTRL_ATTR_MCAST_GRP>(CTRL_ATTR.CTRL_ATTR_MCAST_GROUPS))
        {
            using var one = groups.Nest<CTRL_ATTR_MCAST_GRP>((CTRL_ATTR_MCAST_GRP)1);
            one.PutString(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_NAME, "notify"u8);
            one.Put(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_ID, 16u);
        }

        return message.Message.ToArray();
    }

    /// <summary>A command that tells of a family.</summary>
    private static void DressFamily(Span<byte> message)
    {
        if (message.Length > 16)
            message[16] = (byte)((message[16] & 1) == 0 ? CTRL_CMD.CTRL_CMD_NEWFAMILY : CTRL_CMD.CTRL_CMD_DELFAMILY);
    }
}
