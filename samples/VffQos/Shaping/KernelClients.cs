using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The clients that the kernel side works with, all in one network namespace.</summary>
internal sealed class KernelClients : IDisposable
{
    private KernelClients(NetlinkSocketOptions? options)
    {
        try
        {
            Route = RouteClient.Open(options);
            Tc = TcClient.Open(options);
            (Nft, Conntrack) = OpenNetfilter(options);
            Psched = Psched.Read();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Links and routes.</summary>
    public RouteClient Route { get; } = null!;

    /// <summary>Qdiscs, classes, filters.</summary>
    public TcClient Tc { get; } = null!;

    /// <summary>Tables.</summary>
    public NftClient Nft { get; } = null!;

    /// <summary>Connections.</summary>
    public ConntrackClient Conntrack { get; } = null!;

    /// <summary>The clock that bursts are counted in.</summary>
    public Psched Psched { get; } = null!;

    /// <summary>Opens them all.</summary>
    /// <param name="options">The namespace; null: the calling thread's.</param>
    /// <exception cref="ShapingException">The kernel has no nfnetlink.</exception>
    /// <exception cref="NetlinkException">The kernel refused, or the namespace may not be entered.</exception>
    public static KernelClients Open(NetlinkSocketOptions? options = null) => new(options);

    private static (NftClient Nft, ConntrackClient Conntrack) OpenNetfilter(NetlinkSocketOptions? options)
    {
        try
        {
            var nft = NftClient.Open(options);
            try
            {
                return (nft, ConntrackClient.Open(options));
            }
            catch
            {
                nft.Dispose();
                throw;
            }
        }
        catch (NetlinkException exception) when (exception.Error.Number == Errno.EPROTONOSUPPORT)
        {
            throw new ShapingException(
                "This kernel has no nfnetlink, by which nf_tables and connection tracking are spoken to: load it (modprobe nfnetlink), or start a kernel with CONFIG_NETFILTER_NETLINK.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Conntrack?.Dispose();
        Nft?.Dispose();
        Tc?.Dispose();
        Route?.Dispose();
    }
}
