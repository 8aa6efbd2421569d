using Xunit;

namespace VffNetlink.Testing;

/// <summary>The checkout around the test assembly, and how it was built.</summary>
public static class Checkout
{
    /// <summary>Its folder; skips the test where there is none.</summary>
    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VffNetlink.sln")))
                return folder.FullName;
        }

        Assert.Skip("the checkout is not around the assembly");
        return "";
    }

    /// <summary>Debug or Release.</summary>
    public static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
