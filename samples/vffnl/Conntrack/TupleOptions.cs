using System.CommandLine;
using VffNetlink;
using VffNetlink.Conntrack;

namespace Vffnl.Conntrack;

/// <summary>The options that describe one direction of a flow.</summary>
internal sealed class TupleOptions
{
    private readonly Option<AddressPrefix?> _source;
    private readonly Option<AddressPrefix?> _destination;
    private readonly Option<ushort?> _sourcePort;
    private readonly Option<ushort?> _destinationPort;

    /// <param name="direction">As the options' names begin.</param>
    /// <param name="come">Whose packets come from the source.</param>
    /// <param name="go">Whose packets go to the destination.</param>
    public TupleOptions(string direction, string come, string go)
    {
        _source = Values.Option($"--{direction}-src", "A[/P]", $"Where {come} from: an address, or those of a prefix.", Values.Prefix);
        _destination = Values.Option($"--{direction}-dst", "A[/P]", $"Where {go}: an address, or those of a prefix.", Values.Prefix);
        _sourcePort = Values.Option($"--{direction}-sport", "N", "The source port there; of GRE, the key.", Values.Optional<ushort>);
        _destinationPort = Values.Option($"--{direction}-dport", "N", "The destination port there; of GRE, the key.", Values.Optional<ushort>);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_source, _destination, _sourcePort, _destinationPort];

    /// <summary>What they say.</summary>
    public TupleFilter Read(ParseResult parsed) => new()
    {
        Source = parsed.GetValue(_source),
        Destination = parsed.GetValue(_destination),
        SourcePort = parsed.GetValue(_sourcePort),
        DestinationPort = parsed.GetValue(_destinationPort),
    };

    /// <summary>The families of the addresses, with the options that have them.</summary>
    public IEnumerable<(string Option, InetFamily Family)> Families(ParseResult parsed)
    {
        foreach (var option in (Option<AddressPrefix?>[])[_source, _destination])
        {
            if (parsed.GetValue(option) is { } prefix)
                yield return (option.Name, prefix.Address.Family);
        }
    }

    /// <summary>The options of ports that were given.</summary>
    public IEnumerable<string> Ports(ParseResult parsed)
    {
        foreach (var option in (Option<ushort?>[])[_sourcePort, _destinationPort])
        {
            if (parsed.GetValue(option) is not null)
                yield return option.Name;
        }
    }

    /// <summary>
    /// The one tuple of DCCP without ports that the conditions allow; null where they are about something else. Linux tracks DCCP with its ports up to 6.15, and later ones know none:
    /// there no flow has any.
    /// </summary>
    /// <param name="filter">The conditions.</param>
    public static ConntrackTuple? WholeWithoutPorts(in FlowFilter filter)
    {
        var (original, reply) = (filter.Original, filter.Reply);
        if (original.Protocol != IpProtocol.Dccp || (original.SourcePort ?? original.DestinationPort ?? reply.SourcePort ?? reply.DestinationPort) is not null)
            return null;
        return Whole(original with { SourcePort = 0, DestinationPort = 0 }, IpProtocol.Dccp, filter.Zone) ?? Whole(reply with { SourcePort = 0, DestinationPort = 0 }, IpProtocol.Dccp, filter.Zone);
    }

    /// <summary>The one tuple that the conditions allow; null where they allow several.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="protocol">The transport.</param>
    /// <param name="zone">The zone; null: the default one.</param>
    public static ConntrackTuple? Whole(in TupleFilter filter, IpProtocol? protocol, ushort? zone)
    {
        if (filter.Source is not { IsOneAddress: true, Address: var source } || filter.Destination is not { IsOneAddress: true, Address: var destination } || source.Family != destination.Family)
            return null;
        var hasPorts = filter.SourcePort is not null && filter.DestinationPort is not null;
        switch (protocol)
        {
            case null:
                return null;
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                return filter is { IcmpType: { } type, IcmpCode: { } code, IcmpId: { } id } && protocol == (source.IsIPv6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp)
                    ? ConntrackTuple.Icmp(source, destination, type, code, id, zone ?? 0)
                    : null;
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.UdpLite or IpProtocol.Sctp or IpProtocol.Gre or IpProtocol.Dccp when !hasPorts:
                return null;
            default:
                return new ConntrackTuple(protocol.Value, source, filter.SourcePort ?? 0, destination, filter.DestinationPort ?? 0, zone ?? 0);
        }
    }
}
