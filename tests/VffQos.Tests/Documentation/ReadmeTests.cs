using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Testing;

namespace VffQos.Tests.Documentation;

/// <summary>The README's example: it is this file's text, it compiles, and it runs.</summary>
public class ReadmeTests
{
    private const string Begin = "        // README\n";
    private const string End = "        // README ends\n";

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
    public void Example_Is_The_Readmes()
    {
        if (FindRepository() is not { } repository)
        {
            Assert.Skip("the checkout is not around the assembly");
            return;
        }

        var source = File.ReadAllText(Path.Combine(repository, "tests/VffQos.Tests/Documentation/ReadmeTests.cs"));
        var from = source.IndexOf(Begin, source.IndexOf("private static void Example", StringComparison.Ordinal), StringComparison.Ordinal) + Begin.Length;
        var example = source[from..source.IndexOf(End, from, StringComparison.Ordinal)]
            .Split('\n').Select(static line => line.Length > 8 ? line[8..] : line.Trim());
        Assert.Contains(string.Join('\n', example).Trim(), File.ReadAllText(Path.Combine(repository, "README.md")), StringComparison.Ordinal);
    }

    private static void Example()
    {
        // README
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
        // README ends
    }

    private static string? FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VffNetlink.sln")))
                return folder.FullName;
        }

        return null;
    }
}
