using VffNetlink.Conntrack;

namespace VffNetlink.Testing.Conntrack;

/// <summary>A network namespace of the test's own, with a client in it.</summary>
internal sealed class KernelTable : IDisposable
{
    public KernelTable(bool withTraffic = false)
    {
        Requires.Namespaces();
        Requires.Tool("conntrack");
        Namespace = NetworkNamespace.Create();
        Client = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = Namespace });
        Client.TryGet(Flows.Tcp4, out _, out _); // the first request loads the module, and its settings appear
        if (!withTraffic)
            return;
        Requires.Tool("nft");
        Requires.Tool("ip");
        Witness.Run(Namespace, "ip", "link set lo up");
        // Nothing is tracked until some rule wants it.
        Witness.Run(Namespace, "nft", "add table inet t");
        Witness.Run(Namespace, "nft", "add chain inet t out { type filter hook output priority 0; }");
        Witness.Run(Namespace, "nft", "add rule inet t out ct state new counter");
    }

    /// <summary>One whose kernel takes labels: it does so where a rule uses them.</summary>
    public static KernelTable WithLabels()
    {
        var table = new KernelTable();
        Requires.Tool("nft");
        Witness.Run(table.Namespace, "nft", "add table inet t");
        Witness.Run(table.Namespace, "nft", "add chain inet t c");
        Witness.Run(table.Namespace, "nft", "add rule inet t c ct label set 1");
        return table;
    }

    public NetworkNamespace Namespace { get; }

    public ConntrackClient Client { get; }

    /// <summary>What <c>conntrack</c> sees.</summary>
    public Dictionary<uint, System.Xml.Linq.XElement> ByTool() =>
        ConntrackXml.Read(Witness.Run(Namespace, "conntrack", "-L -o xml,id")).ToDictionary(ConntrackXml.IdOf);

    /// <summary>Sets something below <c>net.netfilter</c>.</summary>
    public void Set(string name, int value) => Namespace.Run(() => File.WriteAllText("/proc/sys/net/netfilter/" + name, $"{value}"));

    public void Dispose()
    {
        Client.Dispose();
        Namespace.Dispose();
    }
}
