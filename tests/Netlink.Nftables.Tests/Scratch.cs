using VffNetlink.Route;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>A network namespace of a test's own, with clients in it.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Requires.Namespaces();
        Namespace = NetworkNamespace.Create();
        var options = new NetlinkSocketOptions { Namespace = Namespace };
        Nft = NftClient.Open(options);
        Route = RouteClient.Open(options);
        Route.ChangeLink(Route.GetLink("lo").Index, new LinkChange { Up = true });
    }

    public NetworkNamespace Namespace { get; }

    public NftClient Nft { get; }

    public RouteClient Route { get; }

    /// <summary>What <c>nft list ruleset</c> prints, without blank lines and indentation.</summary>
    public string Ruleset() => Listing("list", "ruleset");

    /// <summary>What <c>nft</c> prints, without blank lines and indentation.</summary>
    public string Listing(params string[] arguments)
    {
        Requires.Tool("nft");
        var lines = Witness.Run(Namespace, "nft", arguments).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines);
    }

    /// <summary>An IFB that is up.</summary>
    public Link AddIfb(string name) => Route.AddLink(name, default(IfbLink), new LinkChange { Up = true });

    public void Dispose()
    {
        Nft.Dispose();
        Route.Dispose();
        Namespace.Dispose();
    }
}
