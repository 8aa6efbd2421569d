using System.Runtime.CompilerServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The qdisc clsact: places for filters on what a device receives (<see cref="TcHandle.IngressFilters"/>) and sends
/// (<see cref="TcHandle.EgressFilters"/>), without queues. It excludes ingress (EEXIST).
/// </summary>
/// <remarks>Its key is <see cref="QdiscKey.Ingress"/>.</remarks>
public readonly record struct ClsactQdisc : IQdiscKind<ClsactQdisc>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "clsact"u8;

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 0;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out ClsactQdisc value)
    {
        value = default;
        return true;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<ClsactQdisc>();
}
