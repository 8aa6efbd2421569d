using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The filter matchall: every packet of its protocol; one filter per priority. Kernel part cls_matchall.</summary>
/// <remarks>It cannot be changed or replaced (EEXIST): it is removed and made again, or another priority takes over before it goes.</remarks>
public readonly record struct MatchallFilter : IFilterKind<MatchallFilter>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "matchall"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_MATCHALL>((TCA_MATCHALL.TCA_MATCHALL_ACT, TcAttributes.Actions))
        .With(TcFormats.Handle, TCA_MATCHALL.TCA_MATCHALL_CLASSID)
        .With(ValueFormat.Names<TCA_CLS_FLAGS>(), TCA_MATCHALL.TCA_MATCHALL_FLAGS);

    /// <summary>The class of all packets.</summary>
    public TcHandle? ClassId { get; init; }

    /// <summary>What happens to them.</summary>
    public ActionList Actions { get; init; }

    /// <summary>Whether it may or must work in the device.</summary>
    public FilterOffload Offload { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 64 + Actions.Bytes.Length;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out MatchallFilter value)
    {
        value = default;
        foreach (var a in new AttributeReader<TCA_MATCHALL>(options))
        {
            switch (a.Id)
            {
                case TCA_MATCHALL.TCA_MATCHALL_CLASSID:
                    value = value with { ClassId = new TcHandle(a.ReadUInt32()) };
                    break;
                case TCA_MATCHALL.TCA_MATCHALL_ACT:
                    value = value with { Actions = ActionList.Read(a.Payload) };
                    break;
                case TCA_MATCHALL.TCA_MATCHALL_FLAGS:
                    value = value with { Offload = Offloads.From(a.ReadUInt32()) };
                    break;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_MATCHALL>(TCA.TCA_OPTIONS);
        if (ClassId is { } classId)
            options.Put(TCA_MATCHALL.TCA_MATCHALL_CLASSID, classId.Value);
        Actions.Write(options, TCA_MATCHALL.TCA_MATCHALL_ACT);
        if (Offload != FilterOffload.None)
            options.Put(TCA_MATCHALL.TCA_MATCHALL_FLAGS, (uint)Offload);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<MatchallFilter>();
}
