using VffNetlink.Testing;

namespace VffNetlink.Packaging.Tests;

/// <summary>All packages, packed once into a folder of their own from what is built already.</summary>
public sealed class PackedFeed : IDisposable
{
    /// <summary>The packages' names and the projects that they come from.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Projects = new Dictionary<string, string>
    {
        ["VffNetlink.Core"] = "src/Netlink/Netlink.csproj",
        ["VffNetlink.Tc"] = "src/Netlink.Tc/Netlink.Tc.csproj",
        ["VffNetlink.Conntrack"] = "src/Netlink.Conntrack/Netlink.Conntrack.csproj",
        ["VffNetlink.Nftables"] = "src/Netlink.Nftables/Netlink.Nftables.csproj",
        ["VffNetlink"] = "src/VffNetlink/VffNetlink.csproj",
    };

    private readonly Lazy<string> _folder = new(Pack);

    /// <summary>Where they are.</summary>
    internal string Folder => _folder.Value;

    /// <summary>The version of all.</summary>
    internal string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, "VffNetlink.Core.*.nupkg").Single())["VffNetlink.Core.".Length..];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
            Directory.Delete(_folder.Value, recursive: true);
    }

    private static string Pack()
    {
        var checkout = Checkout.Folder();
        var folder = Directory.CreateTempSubdirectory("vffnetlink-packages-").FullName;
        foreach (var project in Projects.Values)
            DotnetTool.Run(checkout, null, "pack", project, "-c", Checkout.Configuration, "--no-build", "-o", folder, "-v", "quiet");
        return folder;
    }
}
