using System.Runtime.CompilerServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The qdisc ingress: a place for filters on what a device receives, without a queue. Shared with nobody: it excludes clsact (EEXIST).
/// </summary>
/// <remarks>Its key is <see cref="QdiscKey.Ingress"/>.</remarks>
public readonly record struct IngressQdisc : IQdiscKind<IngressQdisc>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "ingress"u8;

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 0;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out IngressQdisc value)
    {
        value = default;
        return true;
    }

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
    }

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<IngressQdisc>();
}
