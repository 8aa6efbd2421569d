using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// How packets on their way up reach the IFB and their class there. Look-ups stand by themselves; the redirect alone decides whether
/// a packet is touched. For one thread at a time.
/// </summary>
internal interface IUploadPlane
{
    /// <summary>Which one.</summary>
    DataPlaneKind Kind { get; }

    /// <summary>The flows that it has to be told; one that needs none takes them and does nothing.</summary>
    IFlowTable Flows { get; }

    /// <summary>Brings everything but the redirect to what it should be.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void ConvergeLookups(ShapingTarget target, IReadOnlyCollection<UserShape> users, ChangeLog changes);

    /// <summary>Puts the redirect in, or makes it lead to the IFB that there is. What it leads to must be up and shaped.</summary>
    /// <exception cref="ShapingException">The kernel took it and made something else of it.</exception>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void ConvergeRedirect(ShapingTarget target, ChangeLog changes);

    /// <summary>Whether a redirect is in, wherever it leads.</summary>
    bool HasRedirect();

    /// <summary>Takes every redirect out, wherever it is.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void WithdrawRedirect(ChangeLog changes);

    /// <summary>Adds users' look-ups.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void PutUsers(ShapingTarget target, ReadOnlySpan<UserShape> users);

    /// <summary>Removes users' look-ups; there need be none.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void RemoveUsers(ShapingTarget target, ReadOnlySpan<uint> marks);

    /// <summary>Removes everything of this data plane, on every device but <paramref name="keep"/>, the redirect first.</summary>
    /// <param name="keep">The index of the device whose parts stay; null: none.</param>
    /// <param name="changes">Where differences go.</param>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    void Remove(int? keep, ChangeLog changes);
}
