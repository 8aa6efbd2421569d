namespace VffNetlink.Nftables;

/// <summary>Times as nf_tables has them: milliseconds in 64 bits, network order.</summary>
internal static class NftTime
{
    public static void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, TimeSpan time)
        where TAttr : unmanaged, Enum
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        attributes.PutBigEndian(id, (ulong)(time.Ticks / TimeSpan.TicksPerMillisecond));
    }

    /// <summary>Times that a <see cref="TimeSpan"/> cannot hold are as good as its longest.</summary>
    public static TimeSpan Read<TAttr>(scoped in NetlinkAttribute<TAttr> attribute)
        where TAttr : unmanaged, Enum
    {
        var milliseconds = attribute.ReadUInt64BigEndian();
        return milliseconds > long.MaxValue / TimeSpan.TicksPerMillisecond ? TimeSpan.MaxValue : new TimeSpan((long)milliseconds * TimeSpan.TicksPerMillisecond);
    }
}
