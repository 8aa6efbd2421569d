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
            .As(nameof(GenericFamily), DressFamily),
    ];

    /// <summary>A command that tells of a family.</summary>
    private static void DressFamily(Span<byte> message)
    {
        if (message.Length > 16)
            message[16] = (byte)((message[16] & 1) == 0 ? CTRL_CMD.CTRL_CMD_NEWFAMILY : CTRL_CMD.CTRL_CMD_DELFAMILY);
    }
}
