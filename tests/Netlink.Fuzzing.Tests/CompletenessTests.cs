using System.Reflection;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffNetlink.Tc;

namespace VffNetlink.Fuzzing.Tests;

/// <summary>Whoever adds a reader is told to have it fuzzed.</summary>
public class CompletenessTests
{
    /// <summary>What the others are read by, and so is read with every message.</summary>
    private static readonly HashSet<Type> Everywhere = [typeof(MessageReader), typeof(NetlinkMessage), typeof(NftElementView)];

    [Fact]
    public void Every_Reader_Has_A_Target()
    {
        var targets = FuzzSuite.Load().Targets.Select(static t => t.Reader).ToHashSet();
        var missing = new[] { typeof(NetlinkMessage), typeof(TcClient), typeof(ConntrackClient), typeof(NftClient) }
            .SelectMany(static t => t.Assembly.GetExportedTypes())
            .Where(static t => !t.IsInterface && !t.IsAbstract && !typeof(Delegate).IsAssignableFrom(t) && IsReader(t))
            .Where(t => !targets.Contains(t) && !Everywhere.Contains(t))
            .ToList();
        Assert.True(missing.Count == 0, $"Without a line in a list of tests/Netlink.Fuzzing/Targets: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Readers_Are_Recognised()
    {
        Assert.True(IsReader(typeof(Route.Link)));
        Assert.True(IsReader(typeof(QdiscView)));
        Assert.True(IsReader(typeof(FlowView)));
        Assert.True(IsReader(typeof(NftElementReader)));
        Assert.True(IsReader(typeof(HtbClass)));
        Assert.True(IsReader(typeof(Events.RouteTable)));
        Assert.False(IsReader(typeof(Rate)));
        Assert.False(IsReader(typeof(MessageWriter)));
    }

    /// <summary>Whether it makes something of a message's or payload's bytes: by a method that reads, or, of a view or reader, by a constructor.</summary>
    private static bool IsReader(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.GetMethods(Own).Any(static m => m.Name is "Read" or "TryRead" && m.GetParameters() is [var first, ..] && (m.IsPublic ? IsBytes(first.ParameterType) : IsMessage(first.ParameterType)))
            || type.GetConstructors().Any(static c => c.GetParameters() is [var only] && (IsMessage(only.ParameterType) || (IsBytes(only.ParameterType) && c.DeclaringType!.Name.Contains("Reader", StringComparison.Ordinal))));
    }

    private static bool IsBytes(Type type) => type == typeof(ReadOnlySpan<byte>) || IsMessage(type);

    private static bool IsMessage(Type type) => (type.IsByRef ? type.GetElementType() : type) == typeof(NetlinkMessage);
}
