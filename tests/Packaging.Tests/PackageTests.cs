using System.IO.Compression;
using System.Xml.Linq;
using VffNetlink.Testing;

namespace VffNetlink.Packaging.Tests;

/// <summary>What is packed is what a stranger needs, and works for a stranger.</summary>
[Trait("Category", "Package")]
public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private const string Usings =
        """
        using VffNetlink;
        using VffNetlink.Conntrack;
        using VffNetlink.Route;
        using VffNetlink.Tc;


        """;

    public static TheoryData<string> Libraries => [.. PackedFeed.Projects.Keys.Where(static name => name != "VffNetlink")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_Has_Its_Assembly_Documentation_Readme_Licence_And_Symbols(string name)
    {
        Assert.Equal(
            ["LICENSE", "README.md", $"{name}.nuspec", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"],
            Contents(name, "nupkg"));
        Assert.Contains($"lib/net10.0/{name}.pdb", Contents(name, "snupkg"));
        var metadata = Metadata(name);
        Assert.Equal("MIT", metadata("license"));
        Assert.Equal("README.md", metadata("readme"));
        Assert.NotEmpty(metadata("description"));
    }

    [Fact]
    public void The_One_Package_Brings_All_Others_Of_Its_Version()
    {
        Assert.Equal(["LICENSE", "README.md", "VffNetlink.nuspec"], Contents("VffNetlink", "nupkg"));
        var dependencies = Nuspec("VffNetlink").Descendants().Where(static e => e.Name.LocalName == "dependency")
            .Select(static e => (Id: e.Attribute("id")!.Value, Version: e.Attribute("version")!.Value)).Order();
        Assert.Equal(PackedFeed.Projects.Keys.Where(static name => name != "VffNetlink").Select(name => (name, feed.Version)).Order(), dependencies);
    }

    [Fact]
    public void New_Project_Adds_The_Package_And_Runs_The_Readmes_Example()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        var output = RunStranger(ns, "VffNetlink", Usings + Guide.Snippets("README.md").Single());
        Assert.Contains("1:2", output, StringComparison.Ordinal);
        Assert.Contains("EEXIST", output, StringComparison.Ordinal);
        Assert.Contains("8Mbit", Witness.Run(ns, "tc", "class show dev shaped0"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_Project_Adds_Connection_Tracking_Alone_And_Runs_Its_Readmes_Example()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        var example = Guide.Snippets("src/Netlink.Conntrack/README.md").Single();
        var output = RunStranger(ns, "VffNetlink.Conntrack", example);
        Assert.Equal(["udp 192.0.2.1:5000 -> 198.51.100.1:443 mark 0x70005", "1 deleted"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith("ENOENT", StringComparison.Ordinal)));
        Assert.Contains("ENOENT", output, StringComparison.Ordinal);
        using var archive = ZipFile.OpenRead(Path.Combine(feed.Folder, $"VffNetlink.Conntrack.{feed.Version}.nupkg"));
        using var readme = new StreamReader(archive.GetEntry("README.md")!.Open());
        Assert.Contains(example, readme.ReadToEnd(), StringComparison.Ordinal);
    }

    /// <summary>Makes a project with one of the packages and a program, builds it, and returns what it prints.</summary>
    private string RunStranger(NetworkNamespace ns, string package, string program)
    {
        var folder = Directory.CreateTempSubdirectory("vffnetlink-stranger-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "NuGet.config"),
                $"""<configuration><packageSources><add key="packed" value="{feed.Folder}" /></packageSources></configuration>""");
            var packages = Path.Combine(folder, "packages");
            var project = Path.Combine(folder, "stranger");
            DotnetTool.Run(folder, packages, "new", "console", "-o", project, "--no-restore");
            DotnetTool.Run(project, packages, "add", "package", package, "--version", feed.Version);
            File.WriteAllText(Path.Combine(project, "Program.cs"), program);
            DotnetTool.Run(project, packages, "build", "-c", "Release", "-o", Path.Combine(folder, "out"), "-v", "quiet");
            return Witness.Run(ns, DotnetTool.Path(), Path.Combine(folder, "out", "stranger.dll"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The names in a package but for what every package has for its own bookkeeping.</summary>
    private List<string> Contents(string name, string extension)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.{extension}"));
        return [.. archive.Entries.Select(static e => e.FullName)
            .Where(static entry => !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
    }

    private XDocument Nuspec(string name)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.nupkg"));
        using var stream = archive.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream);
    }

    private Func<string, string> Metadata(string name)
    {
        var nuspec = Nuspec(name);
        return element => nuspec.Descendants().First(e => e.Name.LocalName == element).Value;
    }
}
