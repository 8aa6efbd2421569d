using VffNetlink.Events;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Events;

public sealed class TableWatchTests : IAsyncLifetime
{
    private readonly SortedDictionary<uint, uint> _table = [];
    private readonly ScriptedTransport _kernel = new();
    private readonly QueueTransport _notifier = new();
    private readonly TableWatch<uint, (uint Key, uint Value)?> _watch;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private int _interruptions;
    private int _dumps;

    public TableWatchTests()
    {
        _kernel.OnSend = Dump;
        _watch = new TableWatch<uint, (uint Key, uint Value)?>(new PairTable(), new NetlinkSocket(_kernel), new NetlinkEventStream(new NetlinkEventSocket(_notifier), 1 << 16));
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Whole_Table_Comes_First_Then_Each_Change()
    {
        _table[1] = 10;
        _table[2] = 20;
        Assert.Equal(["+1=10", "+2=20", "synchronized"], await Take(3));
        Notify(PairTable.Set, 3, 30);
        Notify(PairTable.Set, 1, 11);
        Notify(PairTable.Set, 1, 11); // nothing new
        Notify(PairTable.Delete, 9, 0); // never known
        Notify(PairTable.Delete, 2, 0);
        Assert.Equal(["+3=30", "1: 10 -> 11", "-2=20"], await Take(3));
        Assert.Equal(1, _dumps);
    }

    [Fact]
    public async Task Overrun_Is_Followed_By_The_Difference_Alone()
    {
        for (var i = 1u; i <= 3; i++)
            _table[i] = i * 10;
        Assert.Equal(4, (await Take(4)).Count);
        _table.Remove(1);
        _table[2] = 21;
        _table[4] = 40;
        _notifier.Overrun();
        Assert.Equal(["overrun", "-1=10", "2: 20 -> 21", "+4=40", "synchronized"], await Take(5));
        Assert.Equal((2, 1L), (_dumps, _watch.Overruns));
        AssertSame();
    }

    [Fact]
    public async Task Notification_Older_Than_The_Loss_Does_Not_Bring_Back_What_Is_Gone()
    {
        Assert.Equal(["synchronized"], await Take(1));
        // The kernel queued "5 came", then dropped "5 went", and tells of the loss first.
        _notifier.Overrun(Pair(PairTable.Set, 5, 50));
        var seen = await Take(4);
        Assert.Equal(["+5=50", "overrun", "-5=50", "synchronized"], seen);
        AssertSame();
    }

    [Fact]
    public async Task Table_That_Changed_Silently_Is_Dumped_Again_Once()
    {
        _table[1] = 10;
        Assert.Equal(2, (await Take(2)).Count);
        _table.Clear();
        var together = new List<byte>();
        for (var i = 0; i < 5; i++)
            together.AddRange(Pair(PairTable.Silent, 0, 0));
        _notifier.Notify([.. together]);
        Assert.Equal(["-1=10", "synchronized"], await Take(2));
        Assert.Equal(2, _dumps);
    }

    [Fact]
    public async Task Table_That_Does_Not_Hold_Still_Is_Dumped_Until_It_Does()
    {
        _table[1] = 10;
        _interruptions = 20; // more than one round of dumps takes
        Assert.Equal(["+1=10", "synchronized"], await Take(2));
        Assert.Equal(21, _dumps);
    }

    [Fact]
    public async Task Consumer_That_Leaves_Amid_The_Difference_Is_Told_The_Rest_Later()
    {
        for (var i = 1u; i <= 5; i++)
            _table[i] = i;
        Assert.Equal(["+1=1", "+2=2"], await Take(2));
        Assert.Equal(["+3=3", "+4=4", "+5=5", "synchronized"], await Take(4));
    }

    [Fact]
    public async Task Malformed_Notification_Is_Told_And_The_Next_Enumeration_Dumps_Again()
    {
        Assert.Equal(["synchronized"], await Take(1));
        _table[7] = 70;
        _notifier.Notify([9, 0, 0, 0, 1, 1, 1, 1]);
        await Assert.ThrowsAsync<NetlinkFormatException>(() => Take(1));
        Assert.Equal(["+7=70", "synchronized"], await Take(2));
    }

    [Fact]
    public async Task Disposal_Ends_The_Enumeration()
    {
        Assert.Equal(["synchronized"], await Take(1));
        var reading = Task.Run(() => Take(int.MaxValue), _deadline.Token);
        await _watch.DisposeAsync();
        Assert.Empty(await reading.WaitAsync(_deadline.Token));
        Assert.True(_kernel.IsDisposed && _notifier.IsDisposed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_Happens_Whoever_Applies_The_Changes_Has_The_Kernels_Table(int seed)
    {
        var random = new Random(seed);
        var applied = new Dictionary<uint, uint>();
        var enumerator = _watch.ReadAllAsync(_deadline.Token).GetAsyncEnumerator(_deadline.Token);
        await using var closing = enumerator;
        for (var round = 0; round < 200; round++)
        {
            // Either all is told, or from some change on nothing is, until the queue was read to its end.
            var told = random.Next(3) == 0 ? random.Next(5) : int.MaxValue;
            var queued = new List<byte[]>();
            for (var i = random.Next(10); i >= 0; i--)
            {
                var (key, value, isGone) = ((uint)random.Next(8), (uint)random.Next(100), random.Next(3) == 0);
                Change(isGone ? PairTable.Delete : PairTable.Set, key, value);
                if (queued.Count < told)
                    queued.Add(Pair(isGone ? PairTable.Delete : PairTable.Set, key, value));
            }

            if (told < int.MaxValue)
                _notifier.Overrun(queued);
            else
                queued.ForEach(_notifier.Notify);
            _interruptions = random.Next(3);
            Notify(PairTable.Set, 1000, (uint)round);
            while (!applied.TryGetValue(1000, out var seen) || seen != round || !applied.OrderBy(static e => e.Key).SequenceEqual(_table.OrderBy(static e => e.Key)))
            {
                Assert.True(await enumerator.MoveNextAsync());
                Apply(applied, enumerator.Current);
            }
        }
    }

    private static void Apply(Dictionary<uint, uint> table, TableChange<(uint Key, uint Value)?> change)
    {
        switch (change.Kind)
        {
            case TableChangeKind.Added:
                table.Add(change.Value!.Value.Key, change.Value.Value.Value);
                break;
            case TableChangeKind.Changed:
                Assert.Equal(table[change.Value!.Value.Key], change.Previous!.Value.Value);
                table[change.Value.Value.Key] = change.Value.Value.Value;
                break;
            case TableChangeKind.Removed:
                Assert.True(table.Remove(change.Value!.Value.Key));
                break;
        }
    }

    private static byte[] Pair(ushort type, uint key, uint value, uint sequence = 0, NLM_F flags = NLM_F.NONE) =>
        ScriptedTransport.Message(type, flags, sequence, [.. BitConverter.GetBytes(key), .. BitConverter.GetBytes(value)]);

    private void Change(ushort type, uint key, uint value)
    {
        lock (_table)
        {
            if (type == PairTable.Set)
                _table[key] = value;
            else
                _table.Remove(key);
        }
    }

    private void Notify(ushort type, uint key, uint value)
    {
        Change(type, key, value);
        _notifier.Notify(Pair(type, key, value));
    }

    private void Dump(byte[] sent)
    {
        var sequence = ScriptedTransport.SequenceOf(sent);
        _dumps++;
        var flags = NLM_F.NLM_F_MULTI | (_interruptions-- > 0 ? NLM_F.NLM_F_DUMP_INTR : 0);
        lock (_table)
        {
            foreach (var (key, value) in _table)
                _kernel.Reply(Pair(PairTable.Set, key, value, sequence, flags));
        }

        _kernel.Reply(Script.Done(sequence, flags: flags));
    }

    private void AssertSame() => Assert.Equal(_table.OrderBy(static e => e.Key), _watch.Entries.Select(static e => new KeyValuePair<uint, uint>(e.Key, e.Value!.Value.Value)).OrderBy(static e => e.Key));

    private async Task<List<string>> Take(int count)
    {
        var seen = new List<string>();
        await foreach (var change in _watch.ReadAllAsync(_deadline.Token))
        {
            seen.Add(change.Kind switch
            {
                TableChangeKind.Added => $"+{change.Value!.Value.Key}={change.Value.Value.Value}",
                TableChangeKind.Changed => $"{change.Value!.Value.Key}: {change.Previous!.Value.Value} -> {change.Value.Value.Value}",
                TableChangeKind.Removed => $"-{change.Value!.Value.Key}={change.Value.Value.Value}",
                TableChangeKind.Overrun => "overrun",
                _ => "synchronized",
            });
            if (seen.Count == count)
                break;
        }

        return seen;
    }
}
