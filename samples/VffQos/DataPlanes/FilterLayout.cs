using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.DataPlanes;

/// <summary>A tc filter as it should be.</summary>
/// <param name="Key">Its place; handle 0 where the kernel chooses one.</param>
/// <param name="Text">The filter in tc's notation, behind the device.</param>
internal abstract record FilterLayout(FilterKey Key, string Text)
{
    /// <summary>Whether a change is possible where it stands; matchall knows none.</summary>
    public virtual bool CanChange(TcFilter found) => false;

    /// <summary>Whether a filter is at this one's place, whatever it does.</summary>
    public bool HasPlaceOf(TcFilter found) =>
        found.Key.Chain == Key.Chain && found.Key.Priority == Key.Priority && found.Key.Protocol == Key.Protocol && (Key.Handle == 0 || found.Key.Handle == Key.Handle);

    /// <summary>Whether the kernel has made of it what was asked.</summary>
    public abstract bool IsMatchedBy(TcFilter found);

    /// <summary>Appends the message that makes it.</summary>
    public abstract void Put(NetlinkBatch batch);
}
