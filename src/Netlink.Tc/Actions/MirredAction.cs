using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The action mirred: redirects a packet to another link, or sends a copy there. Kernel part act_mirred.</summary>
/// <remarks>A redirect to a link that is down or gone drops every packet that it redirects; it does not give way.</remarks>
public readonly record struct MirredAction : IActionKind<MirredAction>
{
    /// <summary>An action with the control that tc gives it.</summary>
    /// <param name="mode">What to do.</param>
    /// <param name="ifIndex">The link.</param>
    public MirredAction(MirredMode mode, int ifIndex)
    {
        Mode = mode;
        IfIndex = ifIndex;
        Control = mode is MirredMode.EgressMirror or MirredMode.IngressMirror ? TcControl.Pipe : TcControl.Stolen;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "mirred"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_MIRRED>()
        .With(ValueFormat.Struct<tc_mirred>().Field(nameof(tc_mirred.action), TcFormats.Control), TCA_MIRRED.TCA_MIRRED_PARMS)
        .With(ValueFormat.U32, TCA_MIRRED.TCA_MIRRED_BLOCKID);

    /// <summary>What to do.</summary>
    public MirredMode Mode { get; init; }

    /// <summary>The link. Read back after the link went away, it is 0.</summary>
    public int IfIndex { get; init; }

    /// <summary>What it says of the packet: <see cref="TcControl.Stolen"/> of one that it redirects, <see cref="TcControl.Pipe"/> of one that it copies.</summary>
    public TcControl Control { get; init; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out MirredAction value)
    {
        value = default;
        var (found, block) = (false, false);
        foreach (var a in new AttributeReader<TCA_MIRRED>(options))
        {
            switch (a.Id)
            {
                case TCA_MIRRED.TCA_MIRRED_PARMS:
                    var parms = a.ReadStruct<tc_mirred>();
                    value = new MirredAction { Mode = (MirredMode)parms.eaction, IfIndex = (int)parms.ifindex, Control = new TcControl(parms.action) };
                    found = true;
                    break;
                case TCA_MIRRED.TCA_MIRRED_BLOCKID:
                    block = true;
                    break;
            }
        }

        return found && !block;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA_ACT> action)
    {
        using var options = action.NestFlagged<TCA_MIRRED>(TCA_ACT.TCA_ACT_OPTIONS);
        options.PutStruct(TCA_MIRRED.TCA_MIRRED_PARMS, new tc_mirred
        {
            action = Control.Value,
            eaction = (TCA_MIRRED_EACTION)Mode,
            ifindex = (uint)IfIndex,
        });
    }

    [ModuleInitializer]
    internal static void Enter() => KnownActions.Remember<MirredAction>();
}
