using System.Net;
using BenchmarkDotNet.Attributes;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffNetlink.Tc;

namespace VffNetlink.Benchmarks.Micro;

/// <summary>What building each of the slice's messages costs, from objects to bytes in a batch's buffer.</summary>
[MemoryDiagnoser]
public class BuildMessages
{
    private static readonly ClassKey Class = new(7, new TcHandle(1, 2));
    private static readonly TcHandle Root = new(1, 0);
    private static readonly FilterKey Filter = new(7, new TcHandle(1, 0), 1, FilterProtocol.IPv4, 2);
    private static readonly NftSetName Set = new(NftFamily.Netdev, "vffqos", "flows4");

    private readonly NetlinkBatch _batch = new();
    private readonly NftTransaction _transaction = new();
    private readonly HtbClass _htb = new(Psched.Read(), Rate.Parse("10mbit")) { Quantum = 1600 };
    private readonly FwFilter _fw = new() { ClassId = new TcHandle(1, 2), Mask = uint.MaxValue };
    private readonly PreparedHtbClass _preparedClass;
    private readonly PreparedFwFilter _preparedFilter = Tc.PreparedFwFilter.ForAdd(Filter, uint.MaxValue);
    private readonly PreparedFlowMark _preparedMark = new();
    private readonly byte[] _key = new byte[20];
    private readonly byte[] _data = new byte[4];
    private readonly ConntrackTuple _tuple = new(
        IpProtocol.Udp, new InetAddress(IPAddress.Parse("10.0.0.1")), 1024, new InetAddress(IPAddress.Parse("192.0.2.1")), 443);

    /// <summary>Prepares the messages.</summary>
    public BuildMessages() => _preparedClass = Tc.PreparedHtbClass.ForAdd(Class.IfIndex, Root, _htb);

    /// <summary>RTM_NEWTCLASS htb.</summary>
    [Benchmark]
    public int HtbClass()
    {
        _batch.Clear();
        return _batch.AddClass(Class, Root, _htb);
    }

    /// <summary>RTM_NEWTFILTER fw.</summary>
    [Benchmark]
    public int FwFilter()
    {
        _batch.Clear();
        return _batch.AddFilter(Filter, _fw);
    }

    /// <summary>IPCTNL_MSG_CT_NEW with a mark under a mask.</summary>
    [Benchmark]
    public int ConntrackMark()
    {
        _batch.Clear();
        return _batch.SetFlowMark(_tuple, new MaskedMark(5, 0x3f003fff));
    }

    /// <summary>RTM_NEWTCLASS htb, prepared: the next class, like the last one.</summary>
    [Benchmark]
    public int PreparedHtbClass()
    {
        _batch.Clear();
        return _preparedClass.AddTo(_batch, Class);
    }

    /// <summary>RTM_NEWTCLASS htb, prepared: all of it patched.</summary>
    [Benchmark]
    public int PreparedHtbClassWithRates()
    {
        _batch.Clear();
        return _preparedClass.AddTo(_batch, Class, Root, _htb);
    }

    /// <summary>RTM_NEWTFILTER fw, prepared.</summary>
    [Benchmark]
    public int PreparedFwFilter()
    {
        _batch.Clear();
        return _preparedFilter.AddTo(_batch, 2, Class.ClassId);
    }

    /// <summary>IPCTNL_MSG_CT_NEW with a mark under a mask, prepared.</summary>
    [Benchmark]
    public int PreparedConntrackMark()
    {
        _batch.Clear();
        return _preparedMark.AddTo(_batch, _tuple, new MaskedMark(5, 0x3f003fff));
    }

    /// <summary>The same, patched in place.</summary>
    [Benchmark]
    public int PreparedConntrackMarkInPlace() => _preparedMark.Patch(_tuple, new MaskedMark(5, 0x3f003fff)).Length;

    /// <summary>IPCTNL_MSG_CT_GET.</summary>
    [Benchmark]
    public int ConntrackGet()
    {
        _batch.Clear();
        return _batch.GetFlow(_tuple);
    }

    /// <summary>A whole transaction that adds one element to a map with a concatenated key.</summary>
    [Benchmark]
    public int NftElement()
    {
        _transaction.Clear();
        _transaction.AddElement(Set, new NftElementView { Key = _key, Data = _data });
        return _transaction.Length;
    }
}
