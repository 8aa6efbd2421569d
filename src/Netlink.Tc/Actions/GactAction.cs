using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The action gact: nothing but a control, such as tc's <c>action drop</c>. Kernel part act_gact.</summary>
public readonly record struct GactAction : IActionKind<GactAction>
{
    /// <summary>An action that says <paramref name="control"/> of every packet.</summary>
    public GactAction(TcControl control) => Control = control;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "gact"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_GACT>().With(ValueFormat.Struct<tc_gact>().Field(nameof(tc_gact.action), TcFormats.Control), TCA_GACT.TCA_GACT_PARMS);

    /// <summary>What it says of the packet.</summary>
    public TcControl Control { get; init; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out GactAction value)
    {
        value = default;
        var (found, random) = (false, false);
        foreach (var a in new AttributeReader<TCA_GACT>(options))
        {
            switch (a.Id)
            {
                case TCA_GACT.TCA_GACT_PARMS:
                    value = new GactAction(new TcControl(a.ReadStruct<tc_gact>().action));
                    found = true;
                    break;
                case TCA_GACT.TCA_GACT_PROB:
                    random = true;
                    break;
            }
        }

        return found && !random;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA_ACT> action)
    {
        using var options = action.NestFlagged<TCA_GACT>(TCA_ACT.TCA_ACT_OPTIONS);
        options.PutStruct(TCA_GACT.TCA_GACT_PARMS, new tc_gact { action = Control.Value });
    }

    [ModuleInitializer]
    internal static void Enter() => KnownActions.Remember<GactAction>();
}
