using VffQos.DataPlanes;

namespace VffQos.Shaping;

/// <summary>
/// The kernel side of the daemon: makes the network namespace hold users to their limits, heals it, and takes it all away again.
/// For one thread at a time.
/// </summary>
internal interface IShaper : IDisposable
{
    /// <summary>The data plane in use.</summary>
    ChosenDataPlane Plane { get; }

    /// <summary>The flows of known users.</summary>
    IFlowTable Flows { get; }

    /// <summary>The flow table that an earlier run may have left, whichever its data plane and this one's are.</summary>
    IFlowTable LeftFlows { get; }

    /// <summary>Keeps packets from being redirected into nowhere.</summary>
    ILinkGuard Guard { get; }

    /// <summary>What <see cref="Converge"/> would change. Changes nothing.</summary>
    /// <exception cref="ShapingException">The kernel has something in our place that is not ours.</exception>
    ShapingPlan Plan(IReadOnlyCollection<UserShape> users);

    /// <summary>
    /// Makes the kernel hold exactly these users, whatever of ours it holds now. Limits never lapse on the way. The redirect goes in last.
    /// </summary>
    /// <param name="users">All of them.</param>
    /// <param name="fill">Puts the flows that are known already into <see cref="Flows"/>: called when the table and the classes are there and nothing yet leads to them.</param>
    /// <exception cref="ShapingException">The kernel has something in our place that is not ours. Nothing was changed.</exception>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused a change; calling again goes on from there.</exception>
    void Converge(IReadOnlyCollection<UserShape> users, Action? fill = null);

    /// <summary>Adds users, or changes their limits. When it returns their classes and look-ups are in the kernel.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused a change. The users are known, and the guard soon converges to them.</exception>
    void AddOrChangeUsers(ReadOnlySpan<UserShape> users);

    /// <summary>Removes users' look-ups and classes. Their flows are the caller's business, before.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused a change. The users are forgotten, and the guard soon converges without them.</exception>
    void RemoveUsers(ReadOnlySpan<ushort> indexes);

    /// <summary>Takes the redirect out: packets on their way up keep flowing, past all limits.</summary>
    void WithdrawRedirect();

    /// <summary>Puts the redirect in again, where what it leads to is up and shaped.</summary>
    void RestoreRedirect();

    /// <summary>What of ours the kernel holds now.</summary>
    ShapingSnapshot Read();

    /// <summary>Removes everything of ours and nothing else.</summary>
    /// <param name="marks">Which connections' marks are ours, as far as the state tells; what the kernel's maps and classes tell is added.</param>
    void Absent(OurMarks marks);
}
