using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Generic;

/// <summary>
/// The names of generic netlink's own messages, which tell about families; <see cref="MessageCatalog"/> says how a family adds its own. A
/// family's number is known at run time alone: <c>catalog.Add(NETLINK.NETLINK_GENERIC, family.Id, family.Name, space)</c>.
/// </summary>
public static class GenericCatalog
{
    /// <summary>What is known of a family, behind a <c>genlmsghdr</c>.</summary>
    public static AttributeSpace Families { get; } = AttributeSpace.Of<genlmsghdr, CTRL_ATTR>(
            (CTRL_ATTR.CTRL_ATTR_OPS, AttributeSpace.ListOf(AttributeSpace.Of<CTRL_ATTR_OP>()
                .With(ValueFormat.U32, CTRL_ATTR_OP.CTRL_ATTR_OP_ID)
                .With(ValueFormat.Names<GENL>(), CTRL_ATTR_OP.CTRL_ATTR_OP_FLAGS))),
            (CTRL_ATTR.CTRL_ATTR_MCAST_GROUPS, AttributeSpace.ListOf(AttributeSpace.Of<CTRL_ATTR_MCAST_GRP>()
                .With(ValueFormat.String, CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_NAME)
                .With(ValueFormat.U32, CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_ID))))
        .WithHeader(ValueFormat.Struct<genlmsghdr>().Field(nameof(genlmsghdr.cmd), ValueFormat.Names<CTRL_CMD>()))
        .With(ValueFormat.U16, CTRL_ATTR.CTRL_ATTR_FAMILY_ID)
        .With(ValueFormat.String, CTRL_ATTR.CTRL_ATTR_FAMILY_NAME)
        .With(ValueFormat.U32, CTRL_ATTR.CTRL_ATTR_VERSION, CTRL_ATTR.CTRL_ATTR_HDRSIZE, CTRL_ATTR.CTRL_ATTR_MAXATTR, CTRL_ATTR.CTRL_ATTR_OP)
        .WithRequests<GENL_ID>(static (scoped in request, scoped ref text) =>
        {
            text.AppendLiteral(" ");
            text.AppendFormatted((CTRL_CMD)request.ReadHeader<genlmsghdr>().cmd);
            if (request.Attributes<genlmsghdr, CTRL_ATTR>().TryFind(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME, out var name))
                RequestText.Put(ref text, name.ReadUtf8());
        });

    /// <summary>All of them.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty.Add(NETLINK.NETLINK_GENERIC, Families, GENL_ID.GENL_ID_CTRL);
}
