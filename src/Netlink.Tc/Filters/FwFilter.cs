using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The filter fw: packets whose mark is the filter's handle. Kernel part cls_fw.</summary>
/// <remarks>All filters of one priority have one <see cref="Mask"/>: a filter with another is refused (EINVAL).</remarks>
public readonly record struct FwFilter : IFilterKind<FwFilter>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "fw"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_FW>((TCA_FW.TCA_FW_ACT, TcAttributes.Actions))
        .With(TcFormats.Handle, TCA_FW.TCA_FW_CLASSID)
        .With(ValueFormat.Hex, TCA_FW.TCA_FW_MASK)
        .With(ValueFormat.String, TCA_FW.TCA_FW_INDEV);

    /// <summary>The bits of the packet's mark that are compared; null: all.</summary>
    public uint? Mask { get; init; }

    /// <summary>The class of packets that match.</summary>
    public TcHandle? ClassId { get; init; }

    /// <summary>The device that the packet must have come in by.</summary>
    public string? InDevice { get; init; }

    /// <summary>What happens to packets that match.</summary>
    public ActionList Actions { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 64 + (3 * (InDevice?.Length ?? 0)) + Actions.Bytes.Length;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out FwFilter value)
    {
        value = default;
        foreach (var a in new AttributeReader<TCA_FW>(options))
        {
            switch (a.Id)
            {
                case TCA_FW.TCA_FW_MASK:
                    value = value with { Mask = a.ReadUInt32() };
                    break;
                case TCA_FW.TCA_FW_CLASSID:
                    value = value with { ClassId = new TcHandle(a.ReadUInt32()) };
                    break;
                case TCA_FW.TCA_FW_INDEV:
                    value = value with { InDevice = a.ReadString() };
                    break;
                case TCA_FW.TCA_FW_ACT:
                    value = value with { Actions = ActionList.Read(a.Payload) };
                    break;
                case TCA_FW.TCA_FW_POLICE:
                    return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_FW>(TCA.TCA_OPTIONS);
        if (Mask is { } mask)
            options.Put(TCA_FW.TCA_FW_MASK, mask);
        if (ClassId is { } classId)
            options.Put(TCA_FW.TCA_FW_CLASSID, classId.Value);
        if (InDevice is { } device)
            options.PutString(TCA_FW.TCA_FW_INDEV, device);
        Actions.Write(options, TCA_FW.TCA_FW_ACT);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<FwFilter>();
}
