using System.Text.Json;
using VffNetlink;
using VffNetlink.Testing;
using VffNetlink.Testing.Conntrack;

namespace Vffnl.Tests.Conntrack;

/// <summary>A table with everything in it: what vffnl tells of it is what two witnesses tell, field by field, and what it makes of it in another namespace is the same.</summary>
[Trait("Category", "Kernel")]
public sealed class EveryFieldKernelTests : IDisposable
{
    private readonly FullTable _full = new();

    private NetworkNamespace Namespace => _full.Table.Namespace;

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Every_Field_Of_Every_Flow_Is_What_A_Witness_In_C_Reads()
    {
        using var witness = new FlowWitness();
        var ours = FlowJson.List(Namespace);
        Assert.Equal(_full.Made.Count, ours.Count);
        FlowWitness.AssertSame(witness.Dump(Namespace), [.. ours.Select(FlowJsonLines.Of)]);
    }

    [Fact]
    public void Every_Field_That_Conntrack_Prints_Is_The_Same()
    {
        var ours = FlowJson.List(Namespace).ToDictionary(FlowJson.IdOf);
        var theirs = ConntrackXml.Read(Witness.Run(Namespace, "conntrack", "-L -o xml,extended,id"));
        Assert.Equal(ours.Count, theirs.Count);
        foreach (var flow in theirs)
            XmlFields.AssertEqual(flow, ours[ConntrackXml.IdOf(flow)]);
    }

    [Fact]
    public void Text_Has_A_Flow_A_Line_And_All_That_Json_Has()
    {
        var json = FlowJson.List(Namespace);
        var lines = Tool.Show(Namespace, "ct", "list").TrimEnd('\n').Split('\n');
        Assert.Equal(json.Count, lines.Length);
        var byId = lines.ToDictionary(static l => l.Split(' ').Single(static w => w.StartsWith("id=", StringComparison.Ordinal)));
        foreach (var flow in json)
            AssertTold(flow, byId[$"id={FlowJson.IdOf(flow)}"], "");
    }

    [Fact]
    public void Copied_To_Another_Namespace_Every_Field_Is_The_Same_There_But_What_The_Kernel_Decides()
    {
        using var other = KernelTable.WithLabels();
        other.Set("nf_conntrack_acct", 1);
        var before = FlowJson.List(Namespace);
        var (code, output, error) = Copy(other);
        Assert.Equal((0, $$"""{"copied":{{_full.Made.Count}},"existing":0,"refused":0}""" + "\n"), (code, output));
        // Once, and in one line.
        Assert.Equal("vffnl: the kernel takes no ids, use counts, counters, timestamps and security contexts of a new flow: the copies have their own\n", error);

        var copies = FlowJson.List(other.Namespace).ToDictionary(Key);
        Assert.Equal(_full.Made.Count, copies.Count);
        foreach (var flow in before)
        {
            var copy = copies[Key(flow)];
            Assert.Equal(Lasting(flow), Lasting(copy));
            Assert.InRange(flow.GetProperty("timeout").GetInt64() - copy.GetProperty("timeout").GetInt64(), 0, 60);
        }

        // What is there stays as it is, and is no failure.
        Assert.Equal((0, $$"""{"copied":0,"existing":{{_full.Made.Count}},"refused":0}""" + "\n", ""), Copy(other));
    }

    [Fact]
    public void Labels_That_The_Other_Namespace_Drops_Are_Told_Of()
    {
        using var other = new KernelTable();
        var (code, _, error) = Copy(other);
        Assert.Equal(0, code);
        Assert.Equal(2, error.Count(static c => c == '\n'));
        Assert.Contains("the copies have no labels", error, StringComparison.Ordinal);
        Assert.All(FlowJson.List(other.Namespace), static f => Assert.False(f.TryGetProperty("labels", out _)));
    }

    [Fact]
    public void Flows_Whose_Master_Is_Not_Copied_Are_Refused_With_1_And_The_Reason()
    {
        using var other = new KernelTable();
        var (code, output, error) = Copy(other, "--orig-dport", "20");
        var orphans = _full.Made.Count(static f => f.Master is not null);
        Assert.Equal((1, $$"""{"copied":0,"existing":0,"refused":{{orphans}}}""" + "\n"), (code, output));
        Assert.StartsWith($"vffnl: {orphans} of {orphans} flows were refused: {orphans} with ENOENT: the flow that expected it is not there", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Empty(FlowJson.List(other.Namespace));
    }

    private (int ExitCode, string Output, string Error) Copy(KernelTable target, params string[] options) =>
        Tool.Run(["ct", "copy", "--netns", Tool.PathOf(Namespace), "--to-netns", Tool.PathOf(target.Namespace), "--json", .. options]);

    private static string Key(JsonElement flow) => $"{flow.GetProperty("original")} {flow.GetProperty("reply")} {(flow.TryGetProperty("zone", out var zone) ? zone : default)}";

    /// <summary>A flow without what the kernel decides itself, and without what runs down.</summary>
    private static string[] Lasting(JsonElement flow) =>
    [
        .. flow.EnumerateObject().Where(static f => f.Name is not ("id" or "use" or "original_counters" or "reply_counters" or "timestamp" or "timeout" or "security_context"))
            .Select(static f => $"{f.Name} {f.Value.GetRawText()}"),
    ];

    private static void AssertTold(JsonElement item, string text, string way)
    {
        foreach (var field in item.EnumerateObject())
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    var start = text.IndexOf($"{field.Name}(", StringComparison.Ordinal);
                    Assert.True(start >= 0, $"{way}{field.Name}: {text}");
                    AssertTold(field.Value, text[start..text.IndexOf(')', start)], $"{way}{field.Name}.");
                    break;
                case JsonValueKind.Array:
                    var items = string.Join(',', field.Value.EnumerateArray());
                    Assert.Contains($"{field.Name}={(items.Length == 0 ? "none" : items)}", text, StringComparison.Ordinal);
                    break;
                case var _ when field.Name != "timeout": // which runs down
                    Assert.Contains($"{field.Name}={field.Value}", text, StringComparison.Ordinal);
                    break;
            }
        }
    }
}
