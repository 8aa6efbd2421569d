using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The action ctinfo: copies bits of the connection's mark to the packet, also at ingress, where netfilter has not yet seen it. Kernel part act_ctinfo (Linux 5.3).</summary>
/// <remarks>It writes the packet's whole mark: bits outside the mask become 0. A packet without a connection stays as it is.</remarks>
public readonly record struct CtinfoAction : IActionKind<CtinfoAction>
{
    /// <summary>An action that goes on with the next one, as tc's default.</summary>
    public CtinfoAction() => Control = TcControl.Pipe;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "ctinfo"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_CTINFO>()
        .With(ValueFormat.Struct<tc_ctinfo>().Field(nameof(tc_ctinfo.action), TcFormats.Control), TCA_CTINFO.TCA_CTINFO_ACT)
        .With(ValueFormat.U16, TCA_CTINFO.TCA_CTINFO_ZONE)
        .With(ValueFormat.Hex, TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_MASK, TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_STATEMASK, TCA_CTINFO.TCA_CTINFO_PARMS_CPMARK_MASK)
        .With(ValueFormat.U64, TCA_CTINFO.TCA_CTINFO_STATS_DSCP_SET, TCA_CTINFO.TCA_CTINFO_STATS_DSCP_ERROR, TCA_CTINFO.TCA_CTINFO_STATS_CPMARK_SET);

    /// <summary>The bits of the connection mark that become the packet mark (tc's <c>cpmark</c>); null: the packet mark stays.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>The six adjacent bits of the connection mark that hold the DSCP to restore; null: the DSCP stays.</summary>
    public uint? DscpMask { get; init; }

    /// <summary>The bits of the connection mark that say that there is a DSCP to restore; null: there always is.</summary>
    public uint? DscpStateMask { get; init; }

    /// <summary>The conntrack zone to look in.</summary>
    public ushort Zone { get; init; }

    /// <summary>What it says of the packet.</summary>
    public TcControl Control { get; init; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out CtinfoAction value)
    {
        value = default;
        var found = false;
        foreach (var a in new AttributeReader<TCA_CTINFO>(options))
        {
            switch (a.Id)
            {
                case TCA_CTINFO.TCA_CTINFO_ACT:
                    value = value with { Control = new TcControl(a.ReadStruct<tc_ctinfo>().action) };
                    found = true;
                    break;
                case TCA_CTINFO.TCA_CTINFO_ZONE:
                    value = value with { Zone = a.ReadUInt16() };
                    break;
                case TCA_CTINFO.TCA_CTINFO_PARMS_CPMARK_MASK:
                    value = value with { MarkMask = a.ReadUInt32() };
                    break;
                case TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_MASK:
                    value = value with { DscpMask = a.ReadUInt32() };
                    break;
                case TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_STATEMASK:
                    value = value with { DscpStateMask = a.ReadUInt32() is var mask and not 0 ? mask : null };
                    break;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA_ACT> action)
    {
        using var options = action.NestFlagged<TCA_CTINFO>(TCA_ACT.TCA_ACT_OPTIONS);
        options.PutStruct(TCA_CTINFO.TCA_CTINFO_ACT, new tc_ctinfo { action = Control.Value });
        options.Put(TCA_CTINFO.TCA_CTINFO_ZONE, Zone);
        if (DscpMask is { } dscp)
            options.Put(TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_MASK, dscp);
        if (DscpStateMask is { } state)
            options.Put(TCA_CTINFO.TCA_CTINFO_PARMS_DSCP_STATEMASK, state);
        if (MarkMask is { } mask)
            options.Put(TCA_CTINFO.TCA_CTINFO_PARMS_CPMARK_MASK, mask);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownActions.Remember<CtinfoAction>();
}
