using VffNetlink.Testing;

namespace VffNetlink.Packaging.Tests;

/// <summary>The public surface of each library is a text file in the repository, so that a change to it shows in the diff.</summary>
public class PublicApiTests
{
    /// <summary>The variable that has the files written anew in place of compared.</summary>
    private const string Update = "VFFNETLINK_UPDATE_API";

    public static TheoryData<string> Libraries => [.. PackedFeed.Projects.Keys.Where(static name => name != "VffNetlink")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Surface_Is_What_The_File_Says(string name)
    {
        var file = Path.Combine(Checkout.Folder(), Path.GetDirectoryName(PackedFeed.Projects[name])!, "PublicApi.txt");
        var actual = PublicApi.Describe(System.Reflection.Assembly.Load(name));
        if (Environment.GetEnvironmentVariable(Update) is not null)
            File.WriteAllLines(file, actual);
        var expected = File.Exists(file) ? File.ReadAllLines(file) : [];
        var gone = expected.Except(actual).Select(static line => "- " + line).ToList();
        var added = actual.Except(expected).Select(static line => "+ " + line).ToList();
        Assert.True(gone.Count + added.Count == 0,
            $"{Path.GetFileName(Path.GetDirectoryName(file))}/PublicApi.txt differs from what is public ({Update}=1 writes it anew):\n{string.Join('\n', gone.Concat(added).Take(50))}");
        Assert.Equal(expected, actual); // order, too
    }
}
