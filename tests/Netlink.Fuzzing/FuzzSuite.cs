using VffNetlink.Conntrack;
using VffNetlink.Diagnostics;
using VffNetlink.Fuzzing.Targets;
using VffNetlink.Generic;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>Every reader, the names of what they read, and the captures that messages are made of.</summary>
internal sealed class FuzzSuite
{
    private FuzzSuite(IReadOnlyList<FuzzTarget> targets, Schema schema, IReadOnlyList<(NETLINK Protocol, byte[] Message)> captures)
    {
        Targets = targets;
        Schema = schema;
        Captures = [.. captures.Select(static c => c.Message)];
        foreach (var (protocol, message) in captures)
        {
            if (Catalog.SpaceOf(protocol, BitConverter.ToUInt16(message, 4)) is { } space)
                schema.Learn(space, message.AsSpan(16));
        }

        foreach (var target in targets)
        {
            foreach (var example in target.Examples)
                schema.Learn(target.Space, example.AsSpan(16));
        }

        Seeds = [.. targets.Select(t => SeedsOf(t, captures))];
        Shapes = [.. targets.Select(t => schema.Of(t.Space))];
        Calibrate();
        // Readers with many attributes have many messages, and more where these are deep.
        Schedule = [.. targets.SelectMany((t, i) => Enumerable.Repeat(i, 6 + (new Coverage(schema, t).Size * (t.IsThroughKinds ? 3 : 1))))];
    }

    /// <summary>The names of all messages of all libraries.</summary>
    public static MessageCatalog Catalog { get; } =
        MessageCatalog.Combine(RouteCatalog.Messages, GenericCatalog.Messages, TcCatalog.Messages, ConntrackCatalog.Messages, NftCatalog.Messages);

    /// <summary>The readers.</summary>
    public IReadOnlyList<FuzzTarget> Targets { get; }

    /// <summary>The shapes of what they read.</summary>
    public Schema Schema { get; }

    /// <summary>All captured messages.</summary>
    public IReadOnlyList<byte[]> Captures { get; }

    /// <summary>For each target the captures that are its own.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Seeds { get; }

    /// <summary>For each target the shape of its space.</summary>
    public IReadOnlyList<SpaceShape> Shapes { get; }

    /// <summary>Whose turn it is, over and over.</summary>
    public IReadOnlyList<int> Schedule { get; }

    /// <summary>All readers of all libraries. A library's list is in its file under <c>Targets</c>.</summary>
    public static FuzzSuite Load()
    {
        FuzzTarget[] targets = [.. CoreTargets.All, .. RouteTargets.All, .. GenericTargets.All, .. TcTargets.All, .. ConntrackTargets.All, .. NftablesTargets.All, .. CatalogTargets.All];
        return Of(targets);
    }

    /// <summary>Some readers, over the same captures.</summary>
    public static FuzzSuite Of(params IReadOnlyList<FuzzTarget> targets) => new(targets, new Schema([.. Kinds.Names]), SeedFiles.Load());

    private IReadOnlyList<byte[]> SeedsOf(FuzzTarget target, IReadOnlyList<(NETLINK Protocol, byte[] Message)> captures) => target.IsPayload
        ? [.. Schema.Of(target.Space).Insides.Select(inside => Message(target.Types[0], inside))]
        : [.. captures.Where(c => c.Protocol == target.Protocol && target.Types.Contains(BitConverter.ToUInt16(c.Message, 4))).Select(static c => c.Message), .. target.Examples];

    /// <summary>Formats that take several lengths say too little: of those, what is made has the lengths that readers take.</summary>
    private void Calibrate()
    {
        for (var i = 0; i < Targets.Count; i++)
        {
            var (target, shape) = (Targets[i], Shapes[i]);
            if (target.ReadDatagram is not null)
                continue;
            // Behind a capture that has all that the reader insists on.
            var whole = Seeds[i].FirstOrDefault(seed => Takes(target, [.. seed])) ?? Message(target.Types[0], HeaderOf(shape));
            Calibrate(target, shape, attribute => [.. whole, .. new byte[-whole.Length & 3], .. attribute], []);
        }

        foreach (var attribute in Schema.Shapes.SelectMany(static s => s.Attributes))
            attribute.Settle();
    }

    private static void Calibrate(FuzzTarget target, SpaceShape shape, Func<byte[], byte[]> wrap, HashSet<SpaceShape> known)
    {
        if (!known.Add(shape))
            return;
        foreach (var attribute in shape.Attributes)
        {
            foreach (var length in attribute.Lengths)
            {
                if (Takes(target, wrap(Attribute(attribute.Id, new byte[length]))))
                    attribute.Take(length);
            }

            if (attribute.Nest is { Space.IsRecords: false } nest)
                Calibrate(target, nest, inner => wrap(Attribute(attribute.Id, [.. HeaderOf(nest), .. inner])), known);
        }
    }

    private static bool Takes(FuzzTarget target, byte[] message)
    {
        BitConverter.TryWriteBytes(message, message.Length);
        target.Dress?.Invoke(message);
        var messages = new MessageReader(message);
        messages.MoveNext();
        try
        {
            target.Read(messages.Current);
            return true;
        }
        catch (Exception)
        {
            return false; // where it is a fault, the run finds it
        }
    }

    private static byte[] HeaderOf(SpaceShape shape) => shape.Headers.FirstOrDefault() ?? new byte[shape.Space.HeaderLength];

    private static byte[] Attribute(ushort id, byte[] payload) =>
        [.. BitConverter.GetBytes((ushort)(4 + payload.Length)), .. BitConverter.GetBytes(id), .. payload, .. new byte[-payload.Length & 3]];

    private static byte[] Message(ushort type, byte[] payload)
    {
        byte[] message = [.. new byte[16], .. payload];
        BitConverter.TryWriteBytes(message, message.Length);
        BitConverter.TryWriteBytes(message.AsSpan(4), type);
        return message;
    }
}
