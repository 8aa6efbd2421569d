using System.Runtime.CompilerServices;

namespace VffNetlink.Conntrack;

/// <content>Timeout policies (nfnetlink_cttimeout). A kernel that lacks them refuses everything (EINVAL, or EOPNOTSUPP).</content>
public sealed partial class ConntrackClient
{
    /// <summary>All timeout policies of the namespace.</summary>
    /// <exception cref="NetlinkException">The kernel lacks nfnetlink_cttimeout (EINVAL), or nobody may ask (EPERM).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<TimeoutPolicy> ListTimeoutPolicies()
    {
        Span<byte> buffer = stackalloc byte[64];
        return _socket.Dump(TimeoutRequest.Dump(buffer).Message, TimeoutRequest.Space, "IPCTNL_MSG_TIMEOUT_GET", static (scoped in NetlinkMessage m) => TimeoutPolicy.Read(m), limit: _limit);
    }

    /// <summary>Gets a timeout policy; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="NetlinkException">The kernel lacks nfnetlink_cttimeout (EINVAL), or nobody may ask (EPERM).</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    [SkipLocalsInit]
    public TimeoutPolicy? FindTimeoutPolicy(string name)
    {
        Span<byte> buffer = stackalloc byte[TimeoutRequest.MaximumLength];
        return Find(TimeoutRequest.Get(buffer, name).Message, TimeoutRequest.Space, $"IPCTNL_MSG_TIMEOUT_GET {name}", static (scoped in NetlinkMessage m) => TimeoutPolicy.Read(m));
    }

    /// <summary>Makes a timeout policy, or replaces the timeouts of one of the same family and transport.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="replace">Whether one that is there is replaced.</param>
    /// <exception cref="NetlinkException">One of the name is there (EEXIST; EINVAL: and it is for another transport), or the kernel lacks nfnetlink_cttimeout (EINVAL).</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    [SkipLocalsInit]
    public void CreateTimeoutPolicy(TimeoutPolicy policy, bool replace = false)
    {
        Span<byte> buffer = stackalloc byte[TimeoutRequest.MaximumLength];
        Request(TimeoutRequest.Create(buffer, policy, replace).Message, TimeoutRequest.Space, $"IPCTNL_MSG_TIMEOUT_NEW {policy.Name}");
    }

    /// <summary>Deletes a timeout policy.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="NetlinkException">There is none (ENOENT), or a rule uses it (EBUSY).</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    [SkipLocalsInit]
    public void DeleteTimeoutPolicy(string name)
    {
        Span<byte> buffer = stackalloc byte[TimeoutRequest.MaximumLength];
        Request(TimeoutRequest.Delete(buffer, name).Message, TimeoutRequest.Space, $"IPCTNL_MSG_TIMEOUT_DELETE {name}");
    }

    /// <summary>The timeouts of flows without a policy, those of <c>net.netfilter.nf_conntrack_*_timeout*</c>.</summary>
    /// <param name="family">The family.</param>
    /// <param name="protocol">The transport.</param>
    /// <exception cref="NetlinkException">The kernel does not know the transport (EOPNOTSUPP), or lacks nfnetlink_cttimeout (EINVAL).</exception>
    [SkipLocalsInit]
    public StateTimeouts GetDefaultTimeouts(InetFamily family, IpProtocol protocol)
    {
        Span<byte> buffer = stackalloc byte[TimeoutRequest.MaximumLength];
        var what = $"IPCTNL_MSG_TIMEOUT_DEFAULT_GET {family} {protocol}";
        using var replies = _socket.Exchange(TimeoutRequest.GetDefault(buffer, family, protocol).Message, TimeoutRequest.Space, _limit);
        StateTimeouts? timeouts = null;
        while (replies.MoveNext())
            timeouts = TimeoutPolicy.Read(replies.Current).Timeouts;
        if (!replies.Error.IsSuccess)
            throw new NetlinkException(replies.Error, what);
        if (timeouts is null)
            MissingReply();
        return timeouts!;
    }

    /// <summary>Sets timeouts of flows without a policy.</summary>
    /// <param name="family">The family.</param>
    /// <param name="protocol">The transport.</param>
    /// <param name="timeouts">What is missing stays.</param>
    /// <exception cref="NetlinkException">The kernel does not know the transport (EOPNOTSUPP), or lacks nfnetlink_cttimeout (EINVAL).</exception>
    [SkipLocalsInit]
    public void SetDefaultTimeouts(InetFamily family, IpProtocol protocol, StateTimeouts timeouts)
    {
        Span<byte> buffer = stackalloc byte[TimeoutRequest.MaximumLength];
        Request(TimeoutRequest.SetDefault(buffer, family, protocol, timeouts).Message, TimeoutRequest.Space, $"IPCTNL_MSG_TIMEOUT_DEFAULT_SET {family} {protocol}");
    }

    private void Request(Span<byte> message, AttributeSpace space, string what)
    {
        if (!_socket.TryRequest(message, space, _limit, out var error))
            throw new NetlinkException(error, what);
    }

    /// <summary>Gets one object; null where there is none.</summary>
    private T? Find<T>(Span<byte> message, AttributeSpace space, string what, MessageParser<T> parse)
        where T : class =>
        _socket.TryGet(message, space, parse, out var found, out var error, _limit) || error.Number == Errno.ENOENT ? found : throw new NetlinkException(error, what);
}
