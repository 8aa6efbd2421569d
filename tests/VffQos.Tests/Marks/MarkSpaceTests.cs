using System.Numerics;
using System.Runtime.Intrinsics.X86;
using VffQos.Marks;

namespace VffQos.Tests.Marks;

public class MarkSpaceTests
{
    [Theory]
    [InlineData(MarkSpace.DefaultMask, 2, 0x2u)]
    [InlineData(MarkSpace.DefaultMask, 0x3fff, 0x3fffu)]
    [InlineData(MarkSpace.DefaultMask, 0x4000, 0x0100_0000u)]
    [InlineData(MarkSpace.DefaultMask, 0xfffd, 0x0300_3ffdu)]
    [InlineData(0xffff_0000u, 2, 0x0002_0000u)]
    [InlineData(0x8000_0001u, 2, 0x8000_0000u)]
    [InlineData(0x0000_00f0u, 15, 0xf0u)]
    public void Index_IsDepositedIntoTheMask(uint mask, int index, uint mark)
    {
        // 15 under 0xf0 is what Xray's 255 would look like there.
        var space = new MarkSpace(mask);
        if (!space.IsUsable(index))
        {
            Assert.Contains(MarkSpace.ForeignMarks.ToArray(), foreign => (foreign & mask) == mark);
            Assert.Throws<ArgumentOutOfRangeException>(() => space.ToMark((ushort)index));
            return;
        }

        Assert.Equal(mark, space.ToMark((ushort)index));
        Assert.True(space.TryGetIndex(mark | ~mask, out var back));
        Assert.Equal(index, back);
    }

    [Theory]
    [InlineData(MarkSpace.DefaultMask)]
    [InlineData(0xffffu)]
    [InlineData(0xffff_ffffu)]
    [InlineData(0xffff_0000u)]
    [InlineData(0x5555_5555u)]
    [InlineData(0x0000_0ff0u)]
    [InlineData(0x8000_0001u)]
    public void EveryUsableIndex_HasAMarkOfItsOwnThatLeadsBack(uint mask)
    {
        var space = new MarkSpace(mask);
        var marks = new HashSet<uint>();
        for (var index = 0; index <= 0xffff; index++)
        {
            if (!space.IsUsable(index))
                continue;
            var mark = space.ToMark((ushort)index);
            var isRight = (mark & ~mask) == 0 && marks.Add(mark) && !MarkSpace.ForeignMarks.Contains(mark)
                && space.TryGetIndex(mark, out var back) && back == index;
            if (!isRight)
                Assert.Fail($"index {index} became 0x{mark:x8}");
        }

        Assert.Equal(space.Capacity, marks.Count);
        Assert.All(MarkSpace.ForeignMarks.ToArray(), foreign => Assert.False(space.TryGetIndex(foreign, out _)));
    }

    [Fact]
    public void Deposit_IsThatOfTheProcessor()
    {
        Assert.SkipUnless(Bmi2.IsSupported, "needs a processor with PDEP");
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var mask = (uint)random.NextInt64(uint.MaxValue);
            if (BitOperations.PopCount(mask) < 8)
                continue;
            var space = new MarkSpace(mask);
            var index = random.Next(MarkSpace.FirstIndex, space.Highest + 1);
            if (space.IsUsable(index))
                Assert.Equal(Bmi2.ParallelBitDeposit((uint)index, mask), space.ToMark((ushort)index));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x8000_0000u)]
    [InlineData(6u)] // both of its indices are what foreign marks look like
    public void Mask_WithoutRoomIsRefused(uint mask)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => new MarkSpace(mask));
        Assert.Contains($"0x{mask:x8}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultMask_KeepsClearOfWhatOthersUse()
    {
        Assert.Equal(0u, MarkSpace.DefaultMask & 0x4000);          // kube-proxy: masquerade
        Assert.Equal(0u, MarkSpace.DefaultMask & 0x8000);          // kube-proxy: drop
        Assert.Equal(0u, MarkSpace.DefaultMask & 0x00ff_0000);     // Tailscale
        Assert.Equal(0u, MarkSpace.DefaultMask & 0xc000_0000);     // flags at the top
        // As many bits as an index has, and no foreign mark reads as a user's.
        Assert.Equal(16, System.Numerics.BitOperations.PopCount(MarkSpace.DefaultMask));
        var space = new MarkSpace(MarkSpace.DefaultMask);
        Assert.All(MarkSpace.ForeignMarks.ToArray(), mark => Assert.False(space.TryGetIndex(mark, out _)));
        Assert.Equal(65_532 - MarkSpace.ForeignMarks.ToArray().Count(static m => m != 1), space.Capacity);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x4000u)]
    [InlineData(0xc000_c000u)]
    [InlineData(0x0400_0000u)] // a bit beside the mask
    public void MarksWithoutAUsersIndex_LeadNowhere(uint mark) =>
        Assert.False(new MarkSpace(MarkSpace.DefaultMask).TryGetIndex(mark, out _));
}
