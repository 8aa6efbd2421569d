using System.Globalization;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What an action says of the packet: tc's CONTROL.</summary>
/// <param name="Value">The kernel's number: one of <see cref="TC_ACT"/>, or an opcode with a value in its lower 28 bits.</param>
public readonly record struct TcControl(TC_ACT Value)
{
    /// <summary>Ends the look-up: the packet passes, to the filter's class (<c>ok</c>, <c>pass</c>).</summary>
    public static TcControl Ok => new(TC_ACT.TC_ACT_OK);

    /// <summary>Goes on with the next action, or behind the last one ends as <see cref="Ok"/> (<c>pipe</c>).</summary>
    public static TcControl Pipe => new(TC_ACT.TC_ACT_PIPE);

    /// <summary>Goes on with the next filter (<c>continue</c>; the kernel's <c>TC_ACT_UNSPEC</c>).</summary>
    public static TcControl Continue => new(TC_ACT.TC_ACT_UNSPEC);

    /// <summary>Drops the packet (<c>drop</c>, <c>shot</c>).</summary>
    public static TcControl Shot => new(TC_ACT.TC_ACT_SHOT);

    /// <summary>Starts again with the first filter (<c>reclassify</c>).</summary>
    public static TcControl Reclassify => new(TC_ACT.TC_ACT_RECLASSIFY);

    /// <summary>The packet has gone elsewhere (<c>stolen</c>): what mirred says of one that it redirected.</summary>
    public static TcControl Stolen => new(TC_ACT.TC_ACT_STOLEN);

    /// <summary>Gives the packet to the CPU where a device does the work (<c>trap</c>).</summary>
    public static TcControl Trap => new(TC_ACT.TC_ACT_TRAP);

    /// <summary>Goes on in another chain of the same parent (<c>goto chain N</c>).</summary>
    /// <param name="chain">Below 2^28.</param>
    public static TcControl GotoChain(uint chain)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chain, (uint)TC_ACT.TC_ACT_EXT_VAL_MASK);
        return new(TC_ACT.TC_ACT_GOTO_CHAIN | (TC_ACT)chain);
    }

    /// <summary>Skips actions (<c>jump N</c>).</summary>
    /// <param name="actions">How many, below 2^28.</param>
    public static TcControl Jump(uint actions)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(actions, (uint)TC_ACT.TC_ACT_EXT_VAL_MASK);
        return new(TC_ACT.TC_ACT_JUMP | (TC_ACT)actions);
    }

    /// <summary>The chain to go to; null for every other control.</summary>
    public uint? Chain => Opcode == TC_ACT.TC_ACT_GOTO_CHAIN ? (uint)(Value & TC_ACT.TC_ACT_EXT_VAL_MASK) : null;

    private TC_ACT Opcode => Value & ~TC_ACT.TC_ACT_EXT_VAL_MASK;

    /// <summary>As tc prints it: <c>pass</c>, <c>pipe</c>, <c>drop</c>, <c>goto chain 7</c>.</summary>
    public override string ToString() => Value switch
    {
        TC_ACT.TC_ACT_UNSPEC => "continue",
        TC_ACT.TC_ACT_OK => "pass",
        TC_ACT.TC_ACT_RECLASSIFY => "reclassify",
        TC_ACT.TC_ACT_SHOT => "drop",
        TC_ACT.TC_ACT_PIPE => "pipe",
        TC_ACT.TC_ACT_STOLEN => "stolen",
        TC_ACT.TC_ACT_TRAP => "trap",
        _ when Opcode == TC_ACT.TC_ACT_GOTO_CHAIN => string.Create(CultureInfo.InvariantCulture, $"goto chain {(int)(Value & TC_ACT.TC_ACT_EXT_VAL_MASK)}"),
        _ when Opcode == TC_ACT.TC_ACT_JUMP => string.Create(CultureInfo.InvariantCulture, $"jump {(int)(Value & TC_ACT.TC_ACT_EXT_VAL_MASK)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"control {(int)Value}"),
    };
}
