using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The action skbedit: changes what the kernel keeps beside a packet. Kernel part act_skbedit.</summary>
public readonly record struct SkbeditAction : IActionKind<SkbeditAction>
{
    /// <summary>An action that goes on with the next one, as tc's default.</summary>
    public SkbeditAction() => Control = TcControl.Pipe;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "skbedit"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_SKBEDIT>()
        .With(ValueFormat.Struct<tc_skbedit>().Field(nameof(tc_skbedit.action), TcFormats.Control), TCA_SKBEDIT.TCA_SKBEDIT_PARMS)
        .With(TcFormats.Handle, TCA_SKBEDIT.TCA_SKBEDIT_PRIORITY)
        .With(ValueFormat.Hex, TCA_SKBEDIT.TCA_SKBEDIT_MARK, TCA_SKBEDIT.TCA_SKBEDIT_MASK, TCA_SKBEDIT.TCA_SKBEDIT_FLAGS)
        .With(ValueFormat.U16, TCA_SKBEDIT.TCA_SKBEDIT_QUEUE_MAPPING, TCA_SKBEDIT.TCA_SKBEDIT_QUEUE_MAPPING_MAX, TCA_SKBEDIT.TCA_SKBEDIT_PTYPE);

    /// <summary>The packet's new mark; null: as it was.</summary>
    public uint? Mark { get; init; }

    /// <summary>The bits of the mark that change; null: all.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>The packet's new priority, which htb takes for the class where its major is htb's; null: as it was.</summary>
    public TcHandle? Priority { get; init; }

    /// <summary>The transmit queue; null: as it was.</summary>
    public ushort? Queue { get; init; }

    /// <summary>What it says of the packet.</summary>
    public TcControl Control { get; init; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out SkbeditAction value)
    {
        value = default;
        var (found, expressed) = (false, true);
        foreach (var a in new AttributeReader<TCA_SKBEDIT>(options))
        {
            switch (a.Id)
            {
                case TCA_SKBEDIT.TCA_SKBEDIT_PARMS:
                    value = value with { Control = new TcControl(a.ReadStruct<tc_skbedit>().action) };
                    found = true;
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_MARK:
                    value = value with { Mark = a.ReadUInt32() };
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_MASK:
                    value = value with { MarkMask = a.ReadUInt32() };
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_PRIORITY:
                    value = value with { Priority = new TcHandle(a.ReadUInt32()) };
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_QUEUE_MAPPING:
                    value = value with { Queue = a.ReadUInt16() };
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_FLAGS:
                    expressed &= a.ReadUInt64() == 0;
                    break;
                case TCA_SKBEDIT.TCA_SKBEDIT_PTYPE:
                case TCA_SKBEDIT.TCA_SKBEDIT_QUEUE_MAPPING_MAX:
                    expressed = false;
                    break;
            }
        }

        return found && expressed;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA_ACT> action)
    {
        using var options = action.NestFlagged<TCA_SKBEDIT>(TCA_ACT.TCA_ACT_OPTIONS);
        options.PutStruct(TCA_SKBEDIT.TCA_SKBEDIT_PARMS, new tc_skbedit { action = Control.Value });
        if (Queue is { } queue)
            options.Put(TCA_SKBEDIT.TCA_SKBEDIT_QUEUE_MAPPING, queue);
        if (Priority is { } priority)
            options.Put(TCA_SKBEDIT.TCA_SKBEDIT_PRIORITY, priority.Value);
        if (Mark is { } mark)
            options.Put(TCA_SKBEDIT.TCA_SKBEDIT_MARK, mark);
        if (MarkMask is { } mask)
            options.Put(TCA_SKBEDIT.TCA_SKBEDIT_MASK, mask);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownActions.Remember<SkbeditAction>();
}
