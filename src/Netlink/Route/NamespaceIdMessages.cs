using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about the numbers of namespaces.</summary>
internal static class NamespaceIdMessages
{
    public static void Set(MessageWriter message, NetworkNamespace ns, int id)
    {
        var attributes = message.PutHeader<rtgenmsg, NETNSA>(default);
        attributes.Put(NETNSA.NETNSA_FD, (uint)ns.Descriptor);
        attributes.Put(NETNSA.NETNSA_NSID, id);
    }
}
