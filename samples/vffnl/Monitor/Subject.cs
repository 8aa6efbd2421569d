using VffNetlink;

namespace Vffnl.Monitor;

/// <summary>A kind of object whose changes can be watched.</summary>
internal abstract class Subject
{
    /// <summary>On the command line.</summary>
    public abstract string Name { get; }

    /// <summary>For people.</summary>
    public abstract string Description { get; }

    /// <summary>The groups that tell of a family's objects, or of all.</summary>
    public abstract IEnumerable<uint> Groups(InetFamily family);

    /// <summary>What a notification tells; null where it is not about such an object.</summary>
    /// <param name="message">Any that came.</param>
    /// <param name="family">The family that is asked for, or none.</param>
    public abstract Change? Read(scoped in NetlinkMessage message, InetFamily family);
}
