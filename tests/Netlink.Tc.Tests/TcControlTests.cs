using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc.Tests;

public class TcControlTests
{
    [Fact]
    public void Text_Is_Tcs()
    {
        Assert.Equal(
            ["pass", "pipe", "continue", "drop", "reclassify", "stolen", "trap", "goto chain 7", "jump 2", "control 6"],
            ((TcControl[])[
                TcControl.Ok, TcControl.Pipe, TcControl.Continue, TcControl.Shot, TcControl.Reclassify, TcControl.Stolen, TcControl.Trap,
                TcControl.GotoChain(7), TcControl.Jump(2), new TcControl(TC_ACT.TC_ACT_REPEAT),
            ]).Select(static c => c.ToString()));
    }

    [Fact]
    public void Chain_Is_In_The_Lower_28_Bits()
    {
        Assert.Equal(0x2fffffff, (int)TcControl.GotoChain(0x0fffffff).Value);
        Assert.Equal(0x0fffffffu, TcControl.GotoChain(0x0fffffff).Chain);
        Assert.Equal(0u, TcControl.GotoChain(0).Chain);
        Assert.Null(TcControl.Jump(3).Chain);
        Assert.Null(TcControl.Continue.Chain); // -1 has all bits set
        Assert.Throws<ArgumentOutOfRangeException>(() => TcControl.GotoChain(0x10000000));
        Assert.Throws<ArgumentOutOfRangeException>(() => TcControl.Jump(0x10000000));
    }
}
