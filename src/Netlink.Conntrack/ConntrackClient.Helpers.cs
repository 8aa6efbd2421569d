using System.Runtime.CompilerServices;

namespace VffNetlink.Conntrack;

/// <content>Helpers in user space (nfnetlink_cthelper). A kernel that lacks them refuses everything (EINVAL, or EOPNOTSUPP).</content>
public sealed partial class ConntrackClient
{
    /// <summary>All helpers in user space, of all namespaces.</summary>
    /// <exception cref="NetlinkException">The kernel lacks nfnetlink_cthelper (EINVAL), or nobody may ask (EPERM).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<UserHelper> ListHelpers()
    {
        Span<byte> buffer = stackalloc byte[64];
        return _socket.Dump(HelperRequest.Dump(buffer).Message, HelperRequest.Space, "NFNL_MSG_CTHELPER_GET", static (scoped in NetlinkMessage m) => UserHelper.Read(m), limit: _limit);
    }

    /// <summary>Gets a helper in user space; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family that it helps.</param>
    /// <param name="protocol">The transport that it helps.</param>
    /// <exception cref="NetlinkException">The kernel lacks nfnetlink_cthelper (EINVAL), or nobody may ask (EPERM).</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    [SkipLocalsInit]
    public UserHelper? FindHelper(string name, InetFamily family, IpProtocol protocol)
    {
        Span<byte> buffer = stackalloc byte[HelperRequest.MaximumLength];
        return Find(HelperRequest.Get(buffer, name, family, protocol).Message, HelperRequest.Space, $"NFNL_MSG_CTHELPER_GET {name}", static (scoped in NetlinkMessage m) => UserHelper.Read(m));
    }

    /// <summary>Makes a helper in user space, or changes one.</summary>
    /// <param name="helper">The helper.</param>
    /// <param name="change">Whether one that is there is changed: its queue, whether it is enabled, and how much its classes may expect and for how long (Linux up to 6.18 gives all classes what the first one is to have); the rest has to be as it is.</param>
    /// <exception cref="NetlinkException">One of the name is there (EEXIST), or differs in what cannot be changed (EBUSY), or the kernel lacks nfnetlink_cthelper (EINVAL).</exception>
    /// <exception cref="ArgumentException">A name is empty or too long, or there are no policies for a new helper, or more than four.</exception>
    [SkipLocalsInit]
    public void CreateHelper(UserHelper helper, bool change = false)
    {
        Span<byte> buffer = stackalloc byte[HelperRequest.MaximumLength];
        Request(HelperRequest.Create(buffer, helper, change).Message, HelperRequest.Space, $"NFNL_MSG_CTHELPER_NEW {helper.Name}");
    }

    /// <summary>Deletes a helper in user space.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family that it helps.</param>
    /// <param name="protocol">The transport that it helps.</param>
    /// <exception cref="NetlinkException">There is none (ENOENT), or flows use it (EBUSY).</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    [SkipLocalsInit]
    public void DeleteHelper(string name, InetFamily family, IpProtocol protocol)
    {
        Span<byte> buffer = stackalloc byte[HelperRequest.MaximumLength];
        Request(HelperRequest.Delete(buffer, name, family, protocol).Message, HelperRequest.Space, $"NFNL_MSG_CTHELPER_DEL {name}");
    }
}
