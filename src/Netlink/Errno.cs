namespace VffNetlink;

/// <summary>The error numbers that netlink families answer with, and their names.</summary>
public static class Errno
{
    /// <summary>Not permitted: the capability is missing.</summary>
    public const int EPERM = 1;

    /// <summary>No such object.</summary>
    public const int ENOENT = 2;

    /// <summary>No such process, or, in netlink, no such entry.</summary>
    public const int ESRCH = 3;

    /// <summary>A signal came in between.</summary>
    public const int EINTR = 4;

    /// <summary>Nothing there yet.</summary>
    public const int EAGAIN = 11;

    /// <summary>No memory, or a table is full.</summary>
    public const int ENOMEM = 12;

    /// <summary>Access denied.</summary>
    public const int EACCES = 13;

    /// <summary>In use.</summary>
    public const int EBUSY = 16;

    /// <summary>It is there already.</summary>
    public const int EEXIST = 17;

    /// <summary>No such device.</summary>
    public const int ENODEV = 19;

    /// <summary>The request makes no sense to the kernel.</summary>
    public const int EINVAL = 22;

    /// <summary>A table is full.</summary>
    public const int ENFILE = 23;

    /// <summary>No room left.</summary>
    public const int ENOSPC = 28;

    /// <summary>Out of range.</summary>
    public const int ERANGE = 34;

    /// <summary>The message is longer than the socket's send buffer allows.</summary>
    public const int EMSGSIZE = 90;

    /// <summary>The kernel lacks the protocol.</summary>
    public const int EPROTONOSUPPORT = 93;

    /// <summary>The kernel lacks the operation or the kind.</summary>
    public const int EOPNOTSUPP = 95;

    /// <summary>The kernel lacks the address family.</summary>
    public const int EAFNOSUPPORT = 97;

    /// <summary>The address or port is taken.</summary>
    public const int EADDRINUSE = 98;

    /// <summary>The device is down.</summary>
    public const int ENETDOWN = 100;

    /// <summary>The receive buffer overflowed: messages were lost.</summary>
    public const int ENOBUFS = 105;

    /// <summary>The name of an error number as C has it, or <c>errno N</c>.</summary>
    /// <param name="errno">A positive error number.</param>
    public static string NameOf(int errno) => errno switch
    {
        0 => "success",
        EPERM => nameof(EPERM),
        ENOENT => nameof(ENOENT),
        ESRCH => nameof(ESRCH),
        EINTR => nameof(EINTR),
        5 => "EIO",
        6 => "ENXIO",
        7 => "E2BIG",
        9 => "EBADF",
        EAGAIN => nameof(EAGAIN),
        ENOMEM => nameof(ENOMEM),
        EACCES => nameof(EACCES),
        14 => "EFAULT",
        EBUSY => nameof(EBUSY),
        EEXIST => nameof(EEXIST),
        18 => "EXDEV",
        ENODEV => nameof(ENODEV),
        20 => "ENOTDIR",
        EINVAL => nameof(EINVAL),
        ENFILE => nameof(ENFILE),
        24 => "EMFILE",
        27 => "EFBIG",
        ENOSPC => nameof(ENOSPC),
        30 => "EROFS",
        31 => "EMLINK",
        ERANGE => nameof(ERANGE),
        36 => "ENAMETOOLONG",
        40 => "ELOOP",
        61 => "ENODATA",
        62 => "ETIME",
        71 => "EPROTO",
        75 => "EOVERFLOW",
        EMSGSIZE => nameof(EMSGSIZE),
        92 => "ENOPROTOOPT",
        EPROTONOSUPPORT => nameof(EPROTONOSUPPORT),
        EOPNOTSUPP => nameof(EOPNOTSUPP),
        EAFNOSUPPORT => nameof(EAFNOSUPPORT),
        EADDRINUSE => nameof(EADDRINUSE),
        99 => "EADDRNOTAVAIL",
        ENETDOWN => nameof(ENETDOWN),
        101 => "ENETUNREACH",
        ENOBUFS => nameof(ENOBUFS),
        110 => "ETIMEDOUT",
        111 => "ECONNREFUSED",
        113 => "EHOSTUNREACH",
        114 => "EALREADY",
        116 => "ESTALE",
        524 => "ENOTSUPP",
        _ => $"errno {errno}",
    };
}
