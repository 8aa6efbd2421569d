using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about neighbours, as the client sends them alone and a batch with others.</summary>
internal static class NeighbourMessages
{
    public static void Dump(MessageWriter message, in NeighbourFilter filter)
    {
        var attributes = message.PutHeader<ndmsg, NDA>(new ndmsg { ndm_family = filter.Family, ndm_flags = filter.IsProxy ? NTF.NTF_PROXY : NTF.NONE });
        attributes.PutIf(NDA.NDA_IFINDEX, filter.LinkIndex);
        attributes.PutIf(NDA.NDA_MASTER, filter.MasterIndex);
    }

    /// <summary>Asks for one: only what names it may be said.</summary>
    public static void Get(MessageWriter message, Neighbour neighbour)
    {
        var isBridge = neighbour.Family == (byte)AF.AF_BRIDGE;
        var attributes = message.PutHeader<ndmsg, NDA>(new ndmsg
        {
            ndm_family = neighbour.Family,
            ndm_ifindex = neighbour.LinkIndex,
            ndm_flags = neighbour.Flags & (isBridge ? NTF.NTF_MASTER | NTF.NTF_SELF : NTF.NTF_PROXY),
        });
        if (!isBridge)
        {
            if (neighbour.Destination is not null)
                attributes.PutIf(NDA.NDA_DST, new InetAddress(neighbour.Destination));
            return;
        }

        attributes.PutIf(NDA.NDA_LLADDR, neighbour.HardwareAddress);
        attributes.PutIf(NDA.NDA_MASTER, neighbour.MasterIndex);
        attributes.PutIf(NDA.NDA_VLAN, neighbour.Vlan);
        attributes.PutIf(NDA.NDA_VNI, neighbour.Vni);
    }
}
