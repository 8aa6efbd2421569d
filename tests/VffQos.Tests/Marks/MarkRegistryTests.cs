using System.Text;
using VffNetlink.Testing;
using VffQos.Marks;

namespace VffQos.Tests.Marks;

public class MarkRegistryTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly FakeClock _clock = new();

    [Fact]
    public void User_GetsAMarkAndIsFoundByIt()
    {
        var registry = Registry();
        var user = Assign(registry, "alice@example.com");
        Assert.Equal("alice@example.com", user.Name);
        Assert.Equal(_clock.GetUtcNow(), user.FirstSeen);
        Assert.Same(user, registry.Find(user.Index));
        Assert.Same(user, registry.FindByMark(user.Mark | 0xc000_c000));
        Assert.True(registry.TryFind("alice@example.com"u8, out var found));
        Assert.Same(user, found);
        Assert.False(registry.TryFind("alice@example.co"u8, out _));
        Assert.Null(registry.FindByMark(0));
        Assert.Null(registry.FindByMark(255));
    }

    [Fact]
    public void AThousandUsers_ShareNothing()
    {
        var registry = Registry();
        var users = Enumerable.Range(0, 1000).Select(i => Assign(registry, $"user{i}@example.com")).ToArray();
        Assert.Equal(1000, users.Select(u => u.Mark).Distinct().Count());
        Assert.Equal(1000, users.Select(u => u.Index).Distinct().Count());
    }

    [Fact]
    public void FullSpace_IsAnErrorThatNamesTheUser()
    {
        var registry = Registry(mask: 0xf);
        for (var i = 0; i < registry.Space.Capacity; i++)
            Assign(registry, $"user{i}");
        Assert.False(registry.TryAssign("late"u8, out _, out var full));
        Assert.Equal("late", full.User);
        Assert.Equal(
            $"no mark is left for user \"late\", who stays in the default class: all {registry.Space.Capacity} of the mask 0x0000000f are taken",
            full.ToString());
        Assert.False(registry.TryFind("late"u8, out _));
    }

    [Fact]
    public void DefaultSpace_HoldsAsManyUsersAsItSays()
    {
        var registry = Registry();
        var marks = new HashSet<uint>();
        for (var i = 0; i < registry.Space.Capacity; i++)
            Assert.True(marks.Add(Assign(registry, $"u{i}").Mark));
        Assert.False(registry.TryAssign("late"u8, out _, out _));
        Assert.DoesNotContain(1u, marks);
        Assert.DoesNotContain(255u, marks);
    }

    [Fact]
    public void Restart_KeepsEveryMark()
    {
        var before = Registry();
        var users = Enumerable.Range(0, 100).Select(i => Assign(before, $"user{i}")).ToArray();
        var after = Registry(users.Select(Store).Reverse());
        foreach (var user in users)
        {
            Assert.True(after.TryFind(Encoding.UTF8.GetBytes(user.Name), out var again));
            Assert.Equal((user.Index, user.Mark, user.FirstSeen, user.LastSeen), (again.Index, again.Mark, again.FirstSeen, again.LastSeen));
        }

        Assert.DoesNotContain(Assign(after, "new").Index, users.Select(u => u.Index));
    }

    [Fact]
    public void Restart_WithASmallerMask_DropsOnlyWhomItCannotHold()
    {
        var registry = new MarkRegistry(
            new MarkSpace(0xff), _clock, [new("a", 7, default, default), new("b", 300, default, default), new("c", 255, default, default)], [], out var dropped);
        Assert.Equal(["b", "c"], dropped.Select(u => u.Name));
        Assert.True(registry.TryFind("a"u8, out var a));
        Assert.Equal(7, a.Index);
        Assert.False(registry.TryFind("b"u8, out _));
        Assert.NotEqual(7, Assign(registry, "b").Index);
    }

    [Fact]
    public void State_ThatWeNeverWrote_IsRefused()
    {
        var e = Assert.Throws<ArgumentException>(() => Registry([new("a", 7, default, default), new("b", 7, default, default)]));
        Assert.Contains("\"a\" and \"b\"", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Registry([new("a", 7, default, default), new("a", 8, default, default)]));
        Assert.Contains("\"a\" is stored twice", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mark_IsTakenBackOnlyAfterADayAndWithoutConnections()
    {
        var registry = Registry();
        var alice = Assign(registry, "alice");
        _clock.Advance(Day - TimeSpan.FromMilliseconds(1));
        Assert.False(registry.HasAwayUsers());
        Assert.Empty(registry.Reclaim(_ => false));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(registry.HasAwayUsers());
        Assert.Empty(registry.Reclaim(index => index == alice.Index));
        Assert.True(registry.TryFind("alice"u8, out _));
        Assert.Equal([alice], registry.Reclaim(_ => false));
        Assert.False(registry.TryFind("alice"u8, out _));
        Assert.Null(registry.Find(alice.Index));
        Assert.Null(registry.FindByMark(alice.Mark));
        Assert.Equal(0, registry.Count);
    }

    [Fact]
    public void Mark_OfAUserSeenAgain_IsKept()
    {
        var registry = Registry();
        var alice = Assign(registry, "alice");
        _clock.Advance(Day);
        registry.Touch(alice);
        _clock.Advance(Day - TimeSpan.FromSeconds(1));
        Assert.Empty(registry.Reclaim(_ => false));
    }

    [Fact]
    public void Mark_OfAConfiguredUser_IsNeverTakenBack()
    {
        var stored = new StoredUser("alice", 9, _clock.GetUtcNow(), _clock.GetUtcNow());
        var registry = new MarkRegistry(new MarkSpace(MarkSpace.DefaultMask), _clock, [stored], ["alice", "bob"], out _);
        Assign(registry, "bob");
        var carol = Assign(registry, "carol");
        _clock.Advance(1000 * Day);
        Assert.Equal([carol], registry.Reclaim(_ => false));
        Assert.Equal(["alice", "bob"], registry.Users.Select(u => u.Name).Order());
    }

    [Fact]
    public void ClockSetBack_TakesNothingBack()
    {
        var registry = Registry();
        Assign(registry, "alice");
        _clock.Advance(-100 * Day);
        Assert.Empty(registry.Reclaim(_ => false));
    }

    [Fact]
    public void TakenBackMark_GoesOutAgainLast()
    {
        var registry = Registry(mask: 0xf);
        var first = Assign(registry, "first");
        _clock.Advance(Day);
        registry.Reclaim(_ => false);
        var others = Enumerable.Range(0, registry.Space.Capacity - 1).Select(i => Assign(registry, $"u{i}")).ToArray();
        Assert.DoesNotContain(first.Index, others.Select(u => u.Index));
        Assert.Equal(first.Index, Assign(registry, "last").Index);
    }

    [Fact]
    public void BorneIndex_IsNobodysUntilItIsBorneNoMore()
    {
        var registry = Registry([new StoredUser("alice", 3, default, default)], mask: 0xf);
        registry.Avoid(index => index is not (4 or 6));
        Assert.Equal([4, 6], new[] { Assign(registry, "bob"), Assign(registry, "carol") }.Select(static u => (int)u.Index));
        Assert.False(registry.TryAssign("dave"u8, out _, out _));
        Assert.True(registry.HasAwayUsers());
        Assert.Equal(["alice"], registry.Reclaim(index => index is not (3 or 8)).Select(static u => u.Name));
        Assert.Equal([3, 8], new[] { Assign(registry, "dave"), Assign(registry, "erin") }.Select(static u => (int)u.Index).Order());
        Assert.False(registry.TryAssign("frank"u8, out _, out _));
    }

    [Fact]
    public void Names_AreJudgedAndTwiceIsRefused()
    {
        var registry = Registry();
        Assign(registry, "alice");
        Assert.Throws<ArgumentException>(() => registry.TryAssign("alice"u8, out _, out _));
        Assert.Throws<ArgumentException>(() => registry.TryAssign(""u8, out _, out _));
        Assert.Throws<ArgumentException>(() => registry.TryAssign("a\nb"u8, out _, out _));
        Assert.Throws<ArgumentException>(() => registry.TryAssign(new byte[257], out _, out _));
    }

    [Fact]
    public void RandomLife_NeverSharesAMark()
    {
        var random = new Random(5);
        var registry = Registry(mask: 0x7f);
        for (var step = 0; step < 20_000; step++)
        {
            var name = Encoding.UTF8.GetBytes($"user{random.Next(200)}");
            if (registry.TryFind(name, out var user))
                registry.Touch(user);
            else
                registry.TryAssign(name, out _, out _);
            if (step % 50 == 0)
            {
                _clock.Advance(TimeSpan.FromHours(random.Next(12)));
                var borne = Enumerable.Range(0, 8).Select(_ => (ushort)random.Next(128)).ToHashSet();
                var freed = registry.Reclaim(borne.Contains);
                Assert.DoesNotContain(freed, f => borne.Contains(f.Index));
                Assert.Equal(registry.Count, registry.Users.Select(u => u.Mark).Distinct().Count());
            }

            if (step % 500 == 0)
                registry = new MarkRegistry(registry.Space, _clock, registry.Users.Select(Store), [], out _);
        }
    }

    [Fact]
    public void LookingUp_AllocatesNothing()
    {
        var registry = Registry();
        var user = Assign(registry, "alice@example.com");
        Allocations.None(() =>
        {
            if (!registry.TryFind("alice@example.com"u8, out var found) || registry.FindByMark(user.Mark) != found)
                throw new InvalidOperationException();
            registry.Touch(found);
        });
    }

    private static StoredUser Store(MarkedUser user) => new(user.Name, user.Index, user.FirstSeen, user.LastSeen);

    private static MarkedUser Assign(MarkRegistry registry, string name)
    {
        Assert.True(registry.TryAssign(Encoding.UTF8.GetBytes(name), out var user, out _));
        return user;
    }

    private MarkRegistry Registry(IEnumerable<StoredUser>? stored = null, uint mask = MarkSpace.DefaultMask) =>
        new(new MarkSpace(mask), _clock, stored ?? [], [], out _);
}
