using System.Globalization;
using System.Text;

namespace VffNetlink.Route;

/// <content>For people.</content>
public readonly partial record struct LinkChange
{
    /// <summary>What changes: <c>up, txqlen 1000, alias "shaper"</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Up is { } up)
            text.Append(up ? ", up" : ", down");
        Append(text, "arp", Arp);
        Append(text, "promisc", Promiscuous);
        Append(text, "allmulti", AllMulticast);
        Append(text, "multicast", Multicast);
        Append(text, "txqlen", TxQueueLength);
        Append(text, "mtu", Mtu);
        if (Alias is not null)
            text.Append(CultureInfo.InvariantCulture, $", alias \"{Alias}\"");
        Append(text, "name", Name);
        Append(text, "address", Address.IsEmpty ? null : Address);
        Append(text, "broadcast", BroadcastAddress.IsEmpty ? null : BroadcastAddress);
        Append(text, "group", Group);
        Append(text, "master", MasterIndex);
        Append(text, "link", ParentIndex);
        Append(text, "link-netnsid", ParentNamespaceId);
        Append(text, "numtxqueues", TxQueues);
        Append(text, "numrxqueues", RxQueues);
        Append(text, "gso_max_size", GsoMaximumSize);
        Append(text, "gso_max_segs", GsoMaximumSegments);
        Append(text, "gro_max_size", GroMaximumSize);
        Append(text, "mode", LinkMode);
        Append(text, "state", OperationalState);
        Append(text, "carrier", Carrier);
        Append(text, "protodown", ProtocolDown);
        Append(text, "addrgenmode", AddressGenerationMode);
        if (Namespace is not null)
            text.Append(", to another namespace");
        Append(text, "to the namespace of process", NamespaceProcess);
        Append(text, "to namespace", NamespaceId);
        if (!Other.IsEmpty)
            Append(text, "and", $"{Other.Span.Length} bytes of attributes");
        return text.Length == 0 ? "nothing" : text.ToString(2, text.Length - 2);
    }

    private static void Append(StringBuilder text, string name, object? value)
    {
        if (value is not null)
            text.Append(CultureInfo.InvariantCulture, $", {name} {(value is bool flag ? flag ? "on" : "off" : value)}");
    }
}
