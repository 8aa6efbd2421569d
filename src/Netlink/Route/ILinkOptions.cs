using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What a link is made from: a kind and its data. <see cref="RawLink"/> is one for kinds that have no type of their own.</summary>
public interface ILinkOptions
{
    /// <summary>The kernel's name of the kind.</summary>
    ReadOnlySpan<byte> KindName { get; }

    /// <summary>The names inside the kind's <c>IFLA_INFO_DATA</c>, so that errors can tell them; null where it has none.</summary>
    AttributeSpace? DataNames { get; }

    /// <summary>Whether it is what a master knows of a link that belongs to it (<c>IFLA_INFO_SLAVE_DATA</c>), not the link's own kind.</summary>
    bool IsSlave { get; }

    /// <summary>Bytes that <see cref="WriteData"/> puts at most.</summary>
    int Room { get; }

    /// <summary>Puts <c>IFLA_INFO_DATA</c>, where the kind has some.</summary>
    /// <param name="info">Inside <c>IFLA_LINKINFO</c>, behind the kind's name.</param>
    void WriteData(AttributeWriter<IFLA_INFO> info);
}
