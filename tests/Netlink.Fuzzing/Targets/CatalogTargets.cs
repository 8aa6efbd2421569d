using System.Text;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>
/// What reads messages of every kind by nothing but the names of their attributes: the printer, and the naming of offending attributes. Messages that a
/// library's catalogue knows are found by themselves.
/// </summary>
internal static class CatalogTargets
{
    private static readonly MessagePrinter Printer = new(FuzzSuite.Catalog);
    private static readonly NETLINK[] Protocols = [NETLINK.NETLINK_ROUTE, NETLINK.NETLINK_GENERIC, NETLINK.NETLINK_NETFILTER];

    [ThreadStatic]
    private static StringBuilder? _text;

    /// <summary>One for each space that messages start with.</summary>
    public static IEnumerable<FuzzTarget> All =>
        from protocol in Protocols
        from type in Enumerable.Range((ushort)NLMSG.NLMSG_MIN_TYPE, ushort.MaxValue - (ushort)NLMSG.NLMSG_MIN_TYPE)
        let space = FuzzSuite.Catalog.SpaceOf(protocol, (ushort)type)
        where space is not null
        group (ushort)type by (protocol, space) into messages
        select Of(messages.Key.protocol, messages.Key.space, [.. messages]);

    private static FuzzTarget Of(NETLINK protocol, AttributeSpace space, ushort[] types) =>
        FuzzTarget.OfDatagrams(typeof(MessagePrinter), FuzzSuite.Catalog.NameOf(protocol, types[0])!, protocol, space, types, datagram =>
        {
            Print(protocol, datagram);
            Blame(space, datagram);
        });

    private static void Print(NETLINK protocol, ReadOnlySpan<byte> datagram)
    {
        var text = (_text ??= new StringBuilder()).Clear();
        Printer.Print(protocol, datagram, text);
        if (datagram.IsEmpty ? text.Length > 0 : text.Length == 0 || text[^1] != '\n')
            throw new InvalidOperationException($"Printed: {text}");
    }

    /// <summary>Takes a datagram for a request that an error points into.</summary>
    private static void Blame(AttributeSpace space, ReadOnlySpan<byte> request)
    {
        space.Describe(request);
        var step = Math.Max(4, (request.Length / 16) & ~3);
        for (var offset = -4; offset < request.Length + 8; offset += step)
            space.PathOf(request, offset, out _);
    }
}
