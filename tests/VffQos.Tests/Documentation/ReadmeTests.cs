using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Testing;

namespace VffQos.Tests.Documentation;

/// <summary>The README's example: it is this file's text, it compiles, and it runs.</summary>
public class ReadmeTests
{
    [Fact]
    [Trait("Category", "Kernel")]
    public void Example_Runs()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        ns.Run(Example);
        Assert.Contains("8Mbit", Witness.Run(ns, "tc", "class show dev shaped0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Example_Is_The_Readmes() => Guide.AssertStandsIn("README.md", "tests/VffQos.Tests/Documentation/ReadmeTests.cs", 1);

    private static void Example()
    {
        using var routes = RouteClient.Open();
        using var tc = TcClient.Open();
        var link = routes.AddLink("shaped0", new IfbLink(), new LinkChange { Up = true });
        var root = TcHandle.Parse("1:");
        var user = new ClassKey(link.Index, TcHandle.Parse("1:2"));
        tc.AddQdisc(QdiscKey.Root(link.Index, root), new HtbQdisc { DefaultClass = 2 });
        tc.AddClass(user, root, new HtbClass(Psched.Read(), Rate.Parse("8mbit")));
        foreach (var c in tc.ListClasses(link.Index))
            Console.WriteLine($"{c}: {c.Statistics?.Bytes} bytes");

        if (!tc.TryAddClass(user, root, new HtbClass(Psched.Read(), Rate.Parse("4mbit")), out var error))
            Console.WriteLine(error); // EEXIST: File exists, in the kernel's own words where it has some

        using var conntrack = ConntrackClient.Open();
        foreach (var flow in conntrack.List(new FlowFilter { Mark = new MaskedMark(5, 0xffff) }))
            conntrack.TrySetMark(flow.Original, new MaskedMark(6, 0xffff), out error);
    }
}
