using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.DataPlanes;

/// <summary>A filter of a kind.</summary>
/// <param name="Key">Its place; handle 0 where the kernel chooses one.</param>
/// <param name="Options">What it does.</param>
/// <param name="Text">The filter in tc's notation, behind the device.</param>
/// <param name="Definition">Takes away what the kernel chose; null where it chooses nothing.</param>
internal sealed record FilterLayout<T>(FilterKey Key, T Options, string Text, Func<T, T>? Definition = null) : FilterLayout(Key, Text)
    where T : struct, IFilterKind<T>
{
    /// <inheritdoc/>
    public override bool CanChange(TcFilter found) =>
        Options is FwFilter wanted && found.TryRead<FwFilter>(out var now) && now.Mask == wanted.Mask && HasPlaceOf(found);

    /// <inheritdoc/>
    public override bool IsMatchedBy(TcFilter found) =>
        HasPlaceOf(found) && found.TryRead<T>(out var now) && (Definition is null ? now : Definition(now)).Equals(Options);

    /// <inheritdoc/>
    public override void Put(NetlinkBatch batch) => batch.ReplaceFilter(Key, Options);
}
