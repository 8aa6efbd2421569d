using System.Globalization;
using System.Text.RegularExpressions;
using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc.Tests.Kernel;

[Trait("Category", "Kernel")]
public sealed partial class ClassKernelTests : IDisposable
{
    private static readonly QdiscKey Root = QdiscKey.Root(TcNamespace.D4, new TcHandle(1, 0));
    private static readonly ClassKey Ten = new(TcNamespace.D4, new TcHandle(1, 0x10));

    private readonly TcNamespace _ns = new();
    private readonly Psched _psched = Psched.Read();

    public ClassKernelTests() => Client.AddQdisc(Root, new HtbQdisc { DefaultClass = 0x10 });

    private TcClient Client => _ns.Client;

    [Theory]
    [InlineData("1kbit")]
    [InlineData("64kbit")]
    [InlineData("8mbit")]
    [InlineData("123456789bit")]
    [InlineData("1gbit")]
    [InlineData("34359738360bit")] // 2^32 - 1 bytes a second
    [InlineData("34359738368bit")]
    [InlineData("40gbit")]
    [InlineData("400gbit")]
    public void Rate_Is_What_Tc_Shows_And_What_Is_Read_Back(string text)
    {
        var rate = Rate.Parse(text);
        var htb = new HtbClass(_psched, rate, new Rate(rate.BytesPerSecond * 2), ByteSize.Parse("15k"), ByteSize.Parse("20k"))
        {
            Quantum = 3000,
            Priority = 3,
            Overhead = 24,
            MinimumPacket = 64,
        };
        Client.AddClass(Ten, Root.Handle, htb);

        var shown = ShownByTc().Match(_ns.Tc("-d -r class show dev d4"));
        Assert.True(shown.Success);
        Assert.Equal(rate.ToString(), shown.Groups["rate"].Value);
        Assert.Equal(htb.Ceil.ToString(), shown.Groups["ceil"].Value);
        Assert.Equal(htb.Burst, uint.Parse(shown.Groups["buffer"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(htb.CeilBurst, uint.Parse(shown.Groups["cbuffer"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(("3", "3000", "24"), (shown.Groups["prio"].Value, shown.Groups["quantum"].Value, shown.Groups["overhead"].Value));

        var read = Client.GetClass(Ten);
        Assert.Equal((Ten, TcHandle.Root, "htb"), (read.Key, read.Parent, read.Kind));
        Assert.True(read.TryRead<HtbClass>(out var typed));
        Assert.Equal(htb, typed);
        var listed = Assert.Single(Client.ListClasses(TcNamespace.D4));
        Assert.Equal(read.Raw, listed.Raw);

        // Both what was read raw and what was read typed can be written.
        Client.ChangeClass(Ten, Root.Handle, typed);
        Client.ReplaceClass(Ten, Root.Handle, read.Raw);
        Assert.Equal(read.Raw, Client.GetClass(Ten).Raw);
    }

    [Fact]
    public void Kernel_Chooses_A_Quantum_And_Warns()
    {
        Assert.True(Client.TryAddClass(Ten, Root.Handle, new HtbClass(_psched, Rate.Parse("8mbit")), out var error));
        Assert.Null(error.Message);
        Assert.True(Client.GetClass(Ten).TryRead<HtbClass>(out var read));
        Assert.Equal(100_000u, read.Quantum);
        // A kernel before 6.12 or so writes the warning into its log alone.
        Assert.True(Client.TryReplaceClass(Ten, Root.Handle, new HtbClass(_psched, Rate.Parse("1gbit")), out error));
        if (error.Message is { } warning)
            Assert.Contains("quantum of class 10010 is big", warning, StringComparison.Ordinal);
        Assert.True(Client.GetClass(Ten).TryRead(out read));
        Assert.Equal(200_000u, read.Quantum);
    }

    [Fact]
    public void Verbs_Differ_In_What_May_Be_There()
    {
        var htb = new HtbClass(_psched, Rate.Parse("8mbit")) { Quantum = 1500 };
        var faster = new HtbClass(_psched, Rate.Parse("9mbit")) { Quantum = 1500 };
        Assert.False(Client.TryChangeClass(Ten, Root.Handle, htb, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Client.AddClass(Ten, Root.Handle, htb);
        Assert.False(Client.TryAddClass(Ten, Root.Handle, faster, out error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Equal(htb, Read(Ten));
        Client.ChangeClass(Ten, Root.Handle, faster);
        Assert.Equal(faster, Read(Ten));
        Client.ReplaceClass(Ten, Root.Handle, htb);
        Assert.Equal(htb, Read(Ten));
        var other = Ten with { ClassId = new TcHandle(1, 0x11) };
        Client.ReplaceClass(other, Root.Handle, faster);
        Assert.Equal(2, Client.ListClasses(TcNamespace.D4).Count);
        Client.DeleteClass(Ten);
        Assert.Equal(other, Assert.Single(Client.ListClasses(TcNamespace.D4)).Key);
        var e = Assert.Throws<NetlinkException>(() => Client.DeleteClass(Ten));
        Assert.Equal("RTM_DELTCLASS 1:10 on ifindex 4 (d4)", e.Request);
        Assert.Equal(Errno.ENOENT, e.Error.Number);
        Assert.False(Client.TryGetClass(Ten, out _, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Fact]
    public void Class_With_Children_Stays()
    {
        var top = new ClassKey(TcNamespace.D4, new TcHandle(1, 1));
        var htb = new HtbClass(_psched, Rate.Parse("8mbit")) { Quantum = 1500 };
        Client.AddClass(top, Root.Handle, htb);
        Client.AddClass(Ten, top.ClassId, htb);
        Assert.Equal(top.ClassId, Client.GetClass(Ten).Parent);
        Assert.False(Client.TryDeleteClass(top, out var error));
        Assert.Equal(Errno.EBUSY, error.Number);
        Assert.Equal(2, Client.ListClasses(TcNamespace.D4, Root.Handle).Count);
        Assert.Empty(Client.ListClasses(TcNamespace.D4, new TcHandle(2, 0)));
        Assert.Empty(Client.ListClasses(TcNamespace.D5));
    }

    [Fact]
    public void Batch_Makes_What_The_Verbs_Make_And_Tells_Each_Refusal()
    {
        const int count = 600;
        var batch = new NetlinkBatch();
        for (var i = 0; i < count; i++)
        {
            var key = new ClassKey(TcNamespace.D4, new TcHandle(1, (ushort)(0x100 + i)));
            Assert.Equal(i, batch.AddClass(key, Root.Handle, new HtbClass(_psched, new Rate(1_000_000 + (ulong)i)) { Quantum = 1500 }));
        }

        Assert.True(Client.Send(batch).IsSuccess);
        var classes = Client.ListClasses(TcNamespace.D4);
        Assert.Equal(count, classes.Count);
        foreach (var one in classes)
        {
            Assert.True(one.TryRead<HtbClass>(out var htb));
            Assert.Equal(1_000_000ul + one.Key.ClassId.Minor - 0x100, htb.Rate.BytesPerSecond);
        }

        batch.Clear();
        batch.DeleteClass(new ClassKey(TcNamespace.D4, new TcHandle(1, 0x100)));
        batch.DeleteClass(Ten);
        batch.ChangeClass(new ClassKey(TcNamespace.D4, new TcHandle(1, 0x101)), Root.Handle, new HtbClass(_psched, Rate.Parse("5mbit")) { Quantum = 1500 });
        batch.AddClass(new ClassKey(TcNamespace.D4, new TcHandle(1, 0x102)), Root.Handle, new HtbClass(_psched, Rate.Parse("5mbit")) { Quantum = 1500 });
        var sink = new Refusals([]);
        Assert.Equal(new BatchResult(4, 2, false), Client.Send(batch, ref sink));
        Assert.Equal([(1, Errno.ENOENT), (3, Errno.EEXIST)], sink.List);
        Assert.Equal(count - 1, Client.ListClasses(TcNamespace.D4).Count);
        Assert.True(Client.GetClass(new ClassKey(TcNamespace.D4, new TcHandle(1, 0x101))).TryRead<HtbClass>(out var changed));
        Assert.Equal(Rate.Parse("5mbit"), changed.Rate);
    }

    [Fact]
    public void Batch_Asks_For_One_Of_Each()
    {
        Client.AddClass(Ten, Root.Handle, new HtbClass(_psched, Rate.Parse("8mbit")) { Quantum = 1500 });
        var filter = new FilterKey(TcNamespace.D4, Root.Handle, 10, FilterProtocol.IPv4, 0x80000001);
        Client.AddFilter(filter, new U32Filter { Keys = [U32Key.Any], ClassId = Ten.ClassId });
        var batch = new NetlinkBatch();
        batch.GetQdisc(Root);
        batch.GetClass(Ten);
        batch.GetFilter(filter, U32Filter.Kind);
        batch.GetClass(Ten with { ClassId = new TcHandle(1, 0x99) });
        var sink = new Answers([]);
        Assert.Equal(new BatchResult(4, 1, false), Client.Send(batch, ref sink));
        Assert.Equal([$"0 {Root}", $"1 {Ten}", $"2 {filter}", "3 ENOENT"], sink.List);
    }

    public void Dispose() => _ns.Dispose();

    private HtbClass Read(ClassKey key) => Client.GetClass(key).TryRead<HtbClass>(out var htb) ? htb : throw new InvalidOperationException($"{key} is no htb class");

    [GeneratedRegex(@"^class htb 1:10 root prio (?<prio>\d+) quantum (?<quantum>\d+) rate (?<rate>\w+) overhead (?<overhead>\d+) ceil (?<ceil>\w+) .*buffer \[(?<buffer>\w+)\] cbuffer \[(?<cbuffer>\w+)\]", RegexOptions.Multiline)]
    private static partial Regex ShownByTc();

    private readonly struct Refusals(List<(int, int)> list) : IBatchSink
    {
        public List<(int, int)> List { get; } = list;

        public void Reply(int index, scoped in NetlinkMessage message) => Assert.Fail($"message {index} was answered by type {message.Type}");

        public void Refused(int index, in NetlinkError error) => List.Add((index, error.Number));
    }

    private readonly struct Answers(List<string> list) : IBatchSink
    {
        public List<string> List { get; } = list;

        public void Reply(int index, scoped in NetlinkMessage message) => List.Add(string.Create(CultureInfo.InvariantCulture, $"{index} {message.Type switch
        {
            (ushort)RTM_TC.RTM_NEWQDISC => new QdiscView(message).Key.ToString(),
            (ushort)RTM_TC.RTM_NEWTCLASS => new ClassView(message).Key.ToString(),
            _ => new FilterView(message).Key.ToString(),
        }}"));

        public void Refused(int index, in NetlinkError error) => List.Add(string.Create(CultureInfo.InvariantCulture, $"{index} {error.Name}"));
    }
}
