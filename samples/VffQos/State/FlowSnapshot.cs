using System.Buffers.Binary;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;

namespace VffQos.State;

/// <summary>The flows that a run remembered at one moment, packed: a connection that is made anew while nobody watches has nothing else to be known by.</summary>
/// <param name="TakenAt">When, to the millisecond.</param>
/// <param name="Data">Records of <see cref="RecordSize"/> bytes, most significant byte first: protocol, bytes of an address, both addresses in 16
/// bytes each, both ports, the user's index, milliseconds since the entry's end.</param>
internal sealed record FlowSnapshot(DateTimeOffset TakenAt, byte[] Data)
{
    /// <summary>Bytes of a record.</summary>
    public const int RecordSize = 44;

    /// <summary>Flows at most: 3 MB.</summary>
    public const int MaximumFlows = 65_536;

    /// <summary>Packs flows.</summary>
    public static FlowSnapshot Of(DateTimeOffset takenAt, IReadOnlyList<EndedFlow> flows)
    {
        var data = new byte[Math.Min(flows.Count, MaximumFlows) * RecordSize];
        for (var i = 0; i * RecordSize < data.Length; i++)
        {
            var record = data.AsSpan(i * RecordSize, RecordSize);
            var (tuple, index, age) = flows[i];
            var source = tuple.Source;
            var destination = tuple.Destination;
            record[0] = (byte)tuple.Protocol;
            record[1] = (byte)source.AsSpan().Length;
            source.AsSpan().CopyTo(record[2..]);
            destination.AsSpan().CopyTo(record[18..]);
            BinaryPrimitives.WriteUInt16BigEndian(record[34..], tuple.SourcePort);
            BinaryPrimitives.WriteUInt16BigEndian(record[36..], tuple.DestinationPort);
            BinaryPrimitives.WriteUInt16BigEndian(record[38..], index);
            BinaryPrimitives.WriteUInt32BigEndian(record[40..], (uint)Math.Clamp(age.TotalMilliseconds, 0, uint.MaxValue));
        }

        return new FlowSnapshot(takenAt, data);
    }

    /// <summary>The flows, aged to <paramref name="now"/>; a clock that was set back makes nothing younger than it was.</summary>
    /// <exception cref="StateException">It is nothing that we wrote.</exception>
    public List<EndedFlow> Flows(DateTimeOffset now)
    {
        var since = now > TakenAt ? now - TakenAt : TimeSpan.Zero;
        var flows = new List<EndedFlow>(Data.Length / RecordSize);
        for (var rest = Data.AsSpan(); !rest.IsEmpty; rest = rest[RecordSize..])
        {
            if (rest.Length < RecordSize || rest[1] is not (4 or 16))
                throw new StateException("The state is damaged: its remembered flows make no sense. Bring it back from a copy, or move it away and lose the users' marks.");
            var tuple = new ConntrackTuple(
                (IpProtocol)rest[0],
                new InetAddress(rest.Slice(2, rest[1])), BinaryPrimitives.ReadUInt16BigEndian(rest[34..]),
                new InetAddress(rest.Slice(18, rest[1])), BinaryPrimitives.ReadUInt16BigEndian(rest[36..]));
            var age = since + TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(rest[40..]));
            flows.Add(new EndedFlow(tuple, BinaryPrimitives.ReadUInt16BigEndian(rest[38..]), age));
        }

        return flows;
    }
}
