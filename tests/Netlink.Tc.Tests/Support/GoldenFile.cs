namespace VffNetlink.Tc.Tests.Support;

/// <summary>What tc sent, by the command that was given to it; written by <c>Golden/record.sh</c>.</summary>
internal sealed class GoldenFile
{
    private const string Command = "# tc ";

    private GoldenFile(string head, IReadOnlyDictionary<string, byte[]> messages)
    {
        Head = head;
        Messages = messages;
    }

    /// <summary>The first line, with tc's version.</summary>
    public string Head { get; }

    /// <summary>From <c>class add dev d4 …</c> to the one message that it sent.</summary>
    public IReadOnlyDictionary<string, byte[]> Messages { get; }

    public static GoldenFile Load(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", name));
        var messages = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        string? command = null;
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith(Command, StringComparison.Ordinal))
                command = line[Command.Length..];
            else if (!line.StartsWith('#'))
                messages.Add(command!, Convert.FromHexString(line));
        }

        Assert.NotEmpty(messages);
        return new GoldenFile(lines[0], messages);
    }
}
