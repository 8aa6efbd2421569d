using System.CommandLine;
using VffNetlink;
using VffNetlink.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Conntrack;

/// <summary>The options that say which flows are meant. All that are given must hold.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<InetFamily> _family = Options.Family("Flows of this family alone.");
    private readonly Option<IpProtocol?> _protocol = Values.Option<IpProtocol?>("--proto", "NAME|N", "The transport: tcp, udp, udplite, sctp, dccp, gre, icmp, icmpv6, or any number.", static t => FlowNames.Protocol(t));
    private readonly Option<MaskedMark?> _mark = Values.Option("--mark", "N[/M]", "The mark, or those of its bits that M has.", Values.Mark);
    private readonly Option<MaskedStatus?> _status = Values.Option("--status", "BIT,!BIT", "Status bits that are set, or (behind !) are not: assured, seen_reply, src_nat, ...", Values.Status);
    private readonly Option<MaskedLabels?> _labels = Values.Option("--labels", "N,!N", "Labels that are set, or (behind !) are not.", Values.Labels);
    private readonly Option<ushort?> _zone = Values.Option("--zone", "N", "The zone, of both directions or of one; 0: in none.", Values.Optional<ushort>);
    private readonly Option<uint?> _id = Values.Option("--id", "N", "The id.", Values.Optional<uint>);
    private readonly TupleOptions _original = new("orig", "the first packet comes", "the first packet goes");
    private readonly TupleOptions _reply = new("reply", "the answers come", "the answers go");
    private readonly Option<byte?> _icmpType = Values.Option("--icmp-type", "N", "ICMP's type in the first packet.", Values.Optional<byte>);
    private readonly Option<byte?> _icmpCode = Values.Option("--icmp-code", "N", "ICMP's code in the first packet.", Values.Optional<byte>);
    private readonly Option<ushort?> _icmpId = Values.Option("--icmp-id", "N", "ICMP's identifier of an exchange.", Values.Optional<ushort>);

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[_protocol, .. _original.All, .. _reply.All, _mark, _status, _labels, _zone, _id, _family, _icmpType, _icmpCode, _icmpId])
            command.Add(option);
    }

    /// <summary>What they say.</summary>
    /// <exception cref="UsageException">They contradict each other.</exception>
    public Selection Read(ParseResult parsed)
    {
        var protocol = parsed.GetValue(_protocol);
        var zone = parsed.GetValue(_zone);
        var original = _original.Read(parsed) with
        {
            Protocol = protocol,
            IcmpType = parsed.GetValue(_icmpType),
            IcmpCode = parsed.GetValue(_icmpCode),
            IcmpId = parsed.GetValue(_icmpId),
        };
        CheckTransport(protocol, original, [.. _original.Ports(parsed), .. _reply.Ports(parsed)]);
        var reply = _reply.Read(parsed);
        var filter = new FlowFilter
        {
            Family = Family(parsed),
            Mark = parsed.GetValue(_mark) ?? default,
            Status = parsed.GetValue(_status) ?? default,
            Labels = parsed.GetValue(_labels) ?? default,
            Zone = zone,
            Id = parsed.GetValue(_id),
            Original = original,
            Reply = reply,
        };
        return new Selection(filter, TupleOptions.Whole(original, protocol, zone) ?? TupleOptions.Whole(reply, protocol, zone));
    }

    /// <summary>No flow of ICMP has ports, and no other one a type, code or identifier.</summary>
    private void CheckTransport(IpProtocol? protocol, in TupleFilter original, string[] ports)
    {
        var icmp = protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 ? _protocol.Name
            : original.IcmpType is not null ? _icmpType.Name
            : original.IcmpCode is not null ? _icmpCode.Name
            : original.IcmpId is not null ? _icmpId.Name
            : null;
        var other = ports is [var port, ..] ? port : icmp is not null && icmp != _protocol.Name && protocol is not null ? _protocol.Name : null;
        if (icmp is not null && other is not null)
            throw new UsageException($"{icmp} and {other} are of two transports: no flow can be meant");
    }

    /// <summary>The family that was named, or that the addresses have: the kernel compares tuples of one family alone.</summary>
    private InetFamily Family(ParseResult parsed)
    {
        var family = parsed.GetValue(_family);
        var by = _family.Name;
        foreach (var (option, found) in _original.Families(parsed).Concat(_reply.Families(parsed)))
        {
            if (family != InetFamily.Unspecified && family != found)
                throw new UsageException($"{by} and {option} are of two families: no flow can be meant");
            (family, by) = (found, option);
        }

        return family;
    }
}
