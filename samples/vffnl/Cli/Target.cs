using System.CommandLine;
using VffNetlink;

namespace Vffnl.Cli;

/// <summary>The network namespace that a command is about.</summary>
internal static class Target
{
    /// <summary>The namespace of <c>--netns</c>, held open; null where the own one is meant.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    /// <exception cref="NetlinkException">It may not be opened.</exception>
    public static NetworkNamespace? Open(ParseResult parsed) => parsed.GetValue<string?>(Options.NetnsName) is { } name ? Open(name) : null;

    /// <summary>A namespace, held open.</summary>
    /// <param name="name">A name of ip netns, or a path.</param>
    /// <exception cref="UsageException">There is none of that name.</exception>
    /// <exception cref="NetlinkException">It may not be opened.</exception>
    public static NetworkNamespace Open(string name)
    {
        if (name is "" or "." or "..")
            throw new UsageException($"\"{name}\" is not the name of a network namespace");
        try
        {
            return name.Contains('/') ? NetworkNamespace.OpenByPath(name) : NetworkNamespace.OpenByName(name);
        }
        catch (NetlinkException exception) when (exception.Error.Name is "ENOENT" or "ENOTDIR" or "EINVAL" or "ENAMETOOLONG" or "ELOOP")
        {
            throw new UsageException($"there is no network namespace {name}: {exception.Error}");
        }
    }

    /// <summary>How sockets are opened there.</summary>
    public static NetlinkSocketOptions Socket(NetworkNamespace? ns) => new() { Namespace = ns };
}
