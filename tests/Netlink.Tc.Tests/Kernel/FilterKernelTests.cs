using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc.Tests.Kernel;

[Trait("Category", "Kernel")]
public sealed class FilterKernelTests : IDisposable
{
    private static readonly TcHandle Htb = new(1, 0);
    private static readonly TcHandle Ten = new(1, 0x10);
    private static readonly TcHandle Twenty = new(1, 0x20);

    private readonly TcNamespace _ns = new();

    public FilterKernelTests()
    {
        // Every packet that no filter chooses a class for goes to 1:20.
        var psched = Psched.Read();
        var batch = new NetlinkBatch();
        batch.AddQdisc(QdiscKey.Root(TcNamespace.D4, Htb), new HtbQdisc { DefaultClass = 0x20 });
        foreach (var id in (TcHandle[])[Ten, Twenty])
            batch.AddClass(new ClassKey(TcNamespace.D4, id), Htb, new HtbClass(psched, Rate.Parse("100mbit"), burst: ByteSize.Parse("100k"), ceilBurst: ByteSize.Parse("100k")) { Quantum = 3000 });
        batch.AddQdisc(QdiscKey.Ingress(TcNamespace.D5), default(ClsactQdisc));
        Assert.True(Client.Send(batch).IsSuccess);
    }

    private TcClient Client => _ns.Client;

    [Fact]
    public void Fw_Chooses_The_Class_By_The_Marks_Bits()
    {
        _ns.RequireFilter(new FwFilter { ClassId = Ten }, "cls_fw");
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, 0x10);
        var filter = new FwFilter { Mask = 0xff, ClassId = Ten };
        Client.AddFilter(key, filter);
        CheckRead(key, filter);
        Assert.Contains("handle 0x10/0xff classid 1:10", _ns.Tc("filter show dev d4 parent 1:"), StringComparison.Ordinal);

        _ns.Send(3, 100, mark: 0x10);
        _ns.Send(4, 100, mark: 0x7710);
        _ns.Send(5, 100, mark: 0x11);
        _ns.Send(6, 100);
        CheckPackets(ten: 7, twenty: 11);

        var other = key with { Handle = 0x11 };
        Client.AddFilter(other, filter with { ClassId = Twenty });
        Assert.False(Client.TryAddFilter(key with { Handle = 0x12 }, filter with { Mask = 0xf }, out var error));
        Assert.Equal(Errno.EINVAL, error.Number);
        Client.ChangeFilter(other, filter);
        Assert.Equal(Ten, Client.GetFilter(other, FwFilter.Kind).TryRead<FwFilter>(out var changed) ? changed.ClassId : null);
        Client.DeleteFilter(key, FwFilter.Kind);
        Assert.Equal(other, Assert.Single(Client.ListFilters(TcNamespace.D4, Htb), static f => !f.IsHead).Key);
    }

    [Fact]
    public void U32_Chooses_The_Class_By_Bits_Of_The_Packet()
    {
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        var filter = new U32Filter { Keys = [new U32Key(0x0a090003, uint.MaxValue, 16), new U32Key(9, 0xffff, 20)], ClassId = Ten };
        Client.AddFilter(key, filter);
        CheckRead(key, filter with { Table = new U32Handle(0x800, 0, 0) });
        Assert.Contains("match 0a090003/ffffffff at 16", _ns.Tc("filter show dev d4 parent 1:"), StringComparison.Ordinal);
        _ns.Send(3, 100, to: "10.9.0.3");
        _ns.Send(4, 100, to: "10.9.0.4");
        CheckPackets(ten: 3, twenty: 4);
    }

    [Fact]
    public void U32_Mark_Is_Honoured_Or_Dropped_Without_A_Word()
    {
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        var filter = new U32Filter { Mark = new U32Mark(0x10, 0xff), ClassId = Ten };
        Client.AddFilter(key, filter);
        Assert.True(Client.GetFilter(key, U32Filter.Kind).TryRead<U32Filter>(out var read));
        _ns.Send(3, 100, mark: 0x7710);
        _ns.Send(4, 100, mark: 0x11);
        if (read.Mark == filter.Mark)
            CheckPackets(ten: 3, twenty: 4);
        else
            CheckPackets(ten: 7, twenty: 0); // only reading back showed it
    }

    [Fact]
    public void Mirred_Redirects_And_Copies()
    {
        _ns.Ip("link add v0 index 20 type veth peer name v1 index 21");
        _ns.Ip("link set v0 up");
        _ns.Ip("link set v1 up");
        _ns.Ip("address add 10.8.0.1/24 dev v0");
        Client.AddQdisc(QdiscKey.Ingress(21), default(ClsactQdisc));
        var key = new FilterKey(21, TcHandle.IngressFilters, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        var redirect = new U32Filter { Keys = [U32Key.Any], Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, TcNamespace.D4)) };
        Client.AddFilter(key, redirect);
        CheckRead(key, redirect with { Table = new U32Handle(0x800, 0, 0) });
        var shown = _ns.TcJson("filter show dev v1 ingress")[^1].GetProperty("options").GetProperty("actions")[0];
        Assert.Equal(("mirred", "redirect", "egress", "d4"), (Text("kind"), Text("mirred_action"), Text("direction"), Text("to_dev")));

        _ns.Send(5, 100, to: "10.8.0.255");
        CheckPackets(ten: 0, twenty: 5);
        Assert.Equal(5ul, TcNamespace.Eventually(() => PacketsOfAction(key), static p => p == 5));

        var mirror = redirect with { Actions = ActionList.Of(new MirredAction(MirredMode.EgressMirror, TcNamespace.D4)) };
        var second = key with { Priority = 9, Handle = new U32Handle(0x801, 0, 1).Value };
        Client.AddFilter(second, mirror);
        CheckRead(second, mirror with { Table = new U32Handle(0x801, 0, 0) });

        string? Text(string name) => shown.GetProperty(name).GetString();
    }

    [Fact]
    public void Matchall_And_Ctinfo_In_Two_Chains()
    {
        _ns.RequireFilter(new MatchallFilter { ClassId = Ten }, "cls_matchall");
        _ns.RequireAction(new CtinfoAction { MarkMask = 1 }, "act_ctinfo");
        var ctinfo = new CtinfoAction { MarkMask = 0xffff, Zone = 3, DscpMask = 0xfc000000, DscpStateMask = 0x01000000, Control = TcControl.GotoChain(7) };
        var first = new FilterKey(TcNamespace.D5, TcHandle.IngressFilters, 12, FilterProtocol.All, 1);
        var second = first with { Chain = 7, Priority = 13, Protocol = FilterProtocol.IPv6 };
        var copy = new MatchallFilter { Actions = ActionList.Of(ctinfo) };
        var redirect = new MatchallFilter { Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, TcNamespace.D4)) };
        Client.AddFilter(first, copy);
        Client.AddFilter(second, redirect);
        CheckRead(first, copy);
        CheckRead(second, redirect);
        var shown = _ns.Tc("filter show dev d5 ingress");
        Assert.Contains("ctinfo zone 3 goto chain 7", shown, StringComparison.Ordinal);
        Assert.Contains("dscp 0xfc000000 0x01000000 cpmark 0x0000ffff", shown, StringComparison.Ordinal);
        Assert.Contains("matchall chain 7", shown, StringComparison.Ordinal);

        Assert.Equal(second, Assert.Single(Filters(new FilterQuery { Chain = 7 })).Key);
        Assert.Equal(first, Assert.Single(Filters(new FilterQuery { Priority = 12 })).Key);
        Assert.Equal(second, Assert.Single(Filters(new FilterQuery { Protocol = FilterProtocol.IPv6 })).Key);
        Assert.Equal(2, Filters(default).Length);
        Client.DeleteFilter(second, MatchallFilter.Kind);
        Assert.Equal(first, Assert.Single(Filters(default)).Key);

        TcFilter[] Filters(FilterQuery query) => [.. Client.ListFilters(TcNamespace.D5, TcHandle.IngressFilters, query).Where(static f => !f.IsHead)];
    }

    [Fact]
    public void Skbedit_Chooses_The_Class_Without_A_Filter_At_Htb()
    {
        _ns.RequireFilter(new MatchallFilter { ClassId = Ten }, "cls_matchall");
        _ns.RequireAction(new SkbeditAction { Mark = 1 }, "act_skbedit");
        Client.AddQdisc(QdiscKey.Ingress(TcNamespace.D4), default(ClsactQdisc));
        var key = new FilterKey(TcNamespace.D4, TcHandle.EgressFilters, 1, FilterProtocol.IPv4, 1);
        var filter = new MatchallFilter { Actions = ActionList.Of(new SkbeditAction { Priority = Ten, Mark = 0x5, MarkMask = 0xff, Control = TcControl.Ok }) };
        Client.AddFilter(key, filter);
        CheckRead(key, filter);
        Assert.Contains("skbedit  priority 1:10 mark 5/0xff pass", _ns.Tc("filter show dev d4 egress"), StringComparison.Ordinal);
        _ns.Send(4, 100);
        CheckPackets(ten: 4, twenty: 0);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("pass")]
    [InlineData("continue")]
    [InlineData("goto chain 8")]
    public void Gact_Says_What_Tc_Shows(string text)
    {
        _ns.RequireAction(new GactAction(TcControl.Ok), "act_gact");
        var control = text switch { "drop" => TcControl.Shot, "pass" => TcControl.Ok, "continue" => TcControl.Continue, _ => TcControl.GotoChain(8) };
        Assert.Equal(text, control.ToString());
        var key = new FilterKey(TcNamespace.D4, Htb, 1, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        var filter = new U32Filter { Keys = [U32Key.Any], ClassId = Ten, Actions = ActionList.Of(new GactAction(control)) };
        Client.AddFilter(key, filter);
        CheckRead(key, filter with { Table = new U32Handle(0x800, 0, 0) });
        Assert.Contains($"gact action {text}", _ns.Tc("filter show dev d4 parent 1:"), StringComparison.Ordinal);
        _ns.Send(4, 100);
        CheckPackets(ten: control == TcControl.Ok ? 4u : 0, twenty: control == TcControl.Continue || control.Chain is not null ? 4u : 0);
    }

    [Fact]
    public void Only_What_The_Key_Names_Is_Deleted()
    {
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        var filter = new U32Filter { Keys = [U32Key.Any], ClassId = Ten };
        Client.AddFilter(key, filter);
        var second = key with { Handle = new U32Handle(0x800, 0, 2).Value };
        Client.AddFilter(second, filter);
        Refused(key with { Priority = 11 }, U32Filter.Kind, Errno.ENOENT);
        Refused(key with { Protocol = FilterProtocol.IPv6 }, U32Filter.Kind, Errno.ENOENT, Errno.EINVAL);
        Refused(key with { Chain = 1 }, U32Filter.Kind, Errno.ENOENT);
        Refused(key with { Handle = new U32Handle(0x800, 0, 3).Value }, U32Filter.Kind, Errno.ENOENT);
        Refused(key, FwFilter.Kind, Errno.EINVAL);
        Client.DeleteFilter(key, U32Filter.Kind);
        Assert.Equal(second, Assert.Single(Client.ListFilters(TcNamespace.D4, Htb), static f => f.TryRead<U32Filter>(out _)).Key);
        Assert.False(Client.TryGetFilter(key, U32Filter.Kind, out _, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);

        void Refused(FilterKey other, ReadOnlySpan<byte> kind, params int[] numbers)
        {
            Assert.False(Client.TryDeleteFilter(other, kind, out var error));
            Assert.Contains(error.Number, numbers);
        }
    }

    [Fact]
    public void Priority_Is_Deleted_With_All_That_Is_In_It_And_Nothing_Else()
    {
        var filter = new U32Filter { Keys = [U32Key.Any], ClassId = Ten };
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, 0);
        Client.AddFilter(key, filter);
        Client.AddFilter(key, filter);
        Client.AddFilter(key with { Priority = 11 }, filter, out var other);
        Assert.False(Client.TryDeleteFilters(key, FwFilter.Kind, out var error));
        Assert.Equal(Errno.EINVAL, error.Number);
        Client.DeleteFilters(key, U32Filter.Kind);
        Assert.All(Client.ListFilters(TcNamespace.D4, Htb), static f => Assert.Equal((ushort)11, f.Key.Priority));
        Assert.Equal(other, Client.GetFilter(other, U32Filter.Kind).Key);
        var e = Assert.Throws<NetlinkException>(() => Client.DeleteFilters(key, U32Filter.Kind));
        Assert.Equal((Errno.ENOENT, "RTM_DELTFILTER u32 1: chain 0 prio 10 IPv4 handle 0x0 on ifindex 4 (d4)"), (e.Error.Number, e.Request));
    }

    [Fact]
    public void What_The_Kernel_Chose_Is_Told()
    {
        var filter = new U32Filter { Keys = [U32Key.Any], ClassId = Ten };
        Client.AddFilter(new FilterKey(TcNamespace.D4, Htb, 0, FilterProtocol.IPv4, 0), filter, out var made);
        Assert.True(made.Priority >= 0xc000);
        Assert.Equal("800::800", new U32Handle(made.Handle).ToString());
        Assert.Equal(made, Client.GetFilter(made, U32Filter.Kind).Key);
        Client.AddFilter(made with { Handle = 0 }, filter, out var second);
        Assert.Equal(made with { Handle = made.Handle + 1 }, second);
        Client.DeleteFilter(made, U32Filter.Kind);
        Assert.Equal(second, Assert.Single(Client.ListFilters(TcNamespace.D4, Htb), static f => f.TryRead<U32Filter>(out _)).Key);
        Assert.False(Client.TryAddFilter(second, filter, out _, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
    }

    [Fact]
    public void Heads_And_Hash_Tables_Are_Told_Apart_From_Filters()
    {
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        Client.AddFilter(key, new U32Filter { Keys = [U32Key.Any], ClassId = Ten });
        var all = Client.ListFilters(TcNamespace.D4, Htb);
        Assert.Equal(3, all.Count);
        Assert.True(all[0].IsHead);
        Assert.False(all[0].TryRead<U32Filter>(out _));
        Assert.Equal("800:", new U32Handle(all[1].Key.Handle).ToString());
        Assert.False(all[1].TryRead<U32Filter>(out _)); // TCA_U32_DIVISOR
        Assert.Equal("800::1", new U32Handle(all[2].Key.Handle).ToString());
        Assert.Equal("u32 1: chain 0 prio 10 IPv4 handle 0x80000001 on ifindex 4", all[2].ToString());
    }

    [Fact]
    public void Refusal_Names_The_Attribute()
    {
        var key = new FilterKey(TcNamespace.D4, Htb, 10, FilterProtocol.IPv4, new U32Handle(0x800, 0, 1).Value);
        Client.AddFilter(key, new U32Filter { Keys = [U32Key.Any], Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, TcNamespace.D5)) });
        var next = key with { Handle = new U32Handle(0x800, 0, 2).Value };

        // A class of two bytes.
        Assert.False(Client.TryAddFilter(next, new RawOptions("u32"u8, [6, 0, (byte)TCA_U32.TCA_U32_CLASSID, 0, 1, 2, 0, 0]), out var error));
        Assert.Equal((Errno.ERANGE, "TCA_OPTIONS/TCA_U32_CLASSID"), (error.Number, error.Attribute));

        // A mirred of four bytes, as the first action.
        var actions = default(ActionList).Then("mirred"u8, [8, 0, (byte)TCA_MIRRED.TCA_MIRRED_PARMS, 0, 1, 2, 3, 4]);
        Assert.False(Client.TryAddFilter(next, new U32Filter { Keys = [U32Key.Any], Actions = actions }, out error));
        Assert.Contains(error.Number, (int[])[Errno.ERANGE, Errno.EINVAL]);
        Assert.Equal("TCA_OPTIONS/TCA_U32_ACT/1/TCA_ACT_OPTIONS/TCA_MIRRED_PARMS", error.Attribute);
    }

    public void Dispose() => _ns.Dispose();

    private void CheckRead<T>(FilterKey key, T filter)
        where T : struct, IFilterKind<T>
    {
        var read = Client.GetFilter(key, filter.KindName);
        Assert.Equal(key, read.Key);
        Assert.False(read.IsHead);
        Assert.True(read.TryRead<T>(out var typed));
        Assert.Equal(filter, typed);
        // What was read can be written.
        if (typed is MatchallFilter)
        {
            Assert.False(Client.TryReplaceFilter(key, typed, out var error));
            Assert.Equal(Errno.EEXIST, error.Number);
            Client.DeleteFilter(key, filter.KindName);
        }

        Client.ReplaceFilter(key, typed);
        Assert.True(Client.GetFilter(key, filter.KindName).TryRead(out typed));
        Assert.Equal(filter, typed);
    }

    private void CheckPackets(ulong ten, ulong twenty)
    {
        var counted = TcNamespace.Eventually(Count, c => c == (ten, twenty));
        Assert.Equal((ten, twenty), counted);

        (ulong, ulong) Count() => (Packets(Ten), Packets(Twenty));
        ulong Packets(TcHandle id) => Client.GetClass(new ClassKey(TcNamespace.D4, id)).Statistics!.Value.Packets;
    }

    private ulong PacketsOfAction(FilterKey key)
    {
        var sink = new FirstAction();
        Assert.True(Client.TryGetFilter(key, U32Filter.Kind, ref sink, out _));
        return sink.Packets;
    }

    private struct FirstAction : IFilterSink
    {
        public ulong Packets { get; private set; }

        public void Filter(scoped in FilterView view)
        {
            Assert.True(new AttributeReader<TCA_U32>(view.Options).TryFind(TCA_U32.TCA_U32_ACT, out var list));
            foreach (var action in new ActionReader(list.Payload))
            {
                Assert.True(action.TryReadStatistics(out var statistics));
                Packets = statistics.Packets;
            }
        }
    }
}
