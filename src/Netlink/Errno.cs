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

    /// <summary>What came is no protocol: an answer that should be there is not.</summary>
    public const int EPROTO = 71;

    /// <summary>Things changed meanwhile: look again and ask again.</summary>
    public const int ERESTART = 85;

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
        8 => "ENOEXEC",
        9 => "EBADF",
        10 => "ECHILD",
        EAGAIN => nameof(EAGAIN),
        ENOMEM => nameof(ENOMEM),
        EACCES => nameof(EACCES),
        14 => "EFAULT",
        15 => "ENOTBLK",
        EBUSY => nameof(EBUSY),
        EEXIST => nameof(EEXIST),
        18 => "EXDEV",
        ENODEV => nameof(ENODEV),
        20 => "ENOTDIR",
        21 => "EISDIR",
        EINVAL => nameof(EINVAL),
        ENFILE => nameof(ENFILE),
        24 => "EMFILE",
        25 => "ENOTTY",
        26 => "ETXTBSY",
        27 => "EFBIG",
        ENOSPC => nameof(ENOSPC),
        29 => "ESPIPE",
        30 => "EROFS",
        31 => "EMLINK",
        32 => "EPIPE",
        33 => "EDOM",
        ERANGE => nameof(ERANGE),
        35 => "EDEADLK",
        36 => "ENAMETOOLONG",
        37 => "ENOLCK",
        38 => "ENOSYS",
        39 => "ENOTEMPTY",
        40 => "ELOOP",
        42 => "ENOMSG",
        43 => "EIDRM",
        44 => "ECHRNG",
        45 => "EL2NSYNC",
        46 => "EL3HLT",
        47 => "EL3RST",
        48 => "ELNRNG",
        49 => "EUNATCH",
        50 => "ENOCSI",
        51 => "EL2HLT",
        52 => "EBADE",
        53 => "EBADR",
        54 => "EXFULL",
        55 => "ENOANO",
        56 => "EBADRQC",
        57 => "EBADSLT",
        59 => "EBFONT",
        60 => "ENOSTR",
        61 => "ENODATA",
        62 => "ETIME",
        63 => "ENOSR",
        64 => "ENONET",
        65 => "ENOPKG",
        66 => "EREMOTE",
        67 => "ENOLINK",
        68 => "EADV",
        69 => "ESRMNT",
        70 => "ECOMM",
        EPROTO => nameof(EPROTO),
        72 => "EMULTIHOP",
        73 => "EDOTDOT",
        74 => "EBADMSG",
        75 => "EOVERFLOW",
        76 => "ENOTUNIQ",
        77 => "EBADFD",
        78 => "EREMCHG",
        79 => "ELIBACC",
        80 => "ELIBBAD",
        81 => "ELIBSCN",
        82 => "ELIBMAX",
        83 => "ELIBEXEC",
        84 => "EILSEQ",
        ERESTART => nameof(ERESTART),
        86 => "ESTRPIPE",
        87 => "EUSERS",
        88 => "ENOTSOCK",
        89 => "EDESTADDRREQ",
        EMSGSIZE => nameof(EMSGSIZE),
        91 => "EPROTOTYPE",
        92 => "ENOPROTOOPT",
        EPROTONOSUPPORT => nameof(EPROTONOSUPPORT),
        94 => "ESOCKTNOSUPPORT",
        EOPNOTSUPP => nameof(EOPNOTSUPP),
        96 => "EPFNOSUPPORT",
        EAFNOSUPPORT => nameof(EAFNOSUPPORT),
        EADDRINUSE => nameof(EADDRINUSE),
        99 => "EADDRNOTAVAIL",
        ENETDOWN => nameof(ENETDOWN),
        101 => "ENETUNREACH",
        102 => "ENETRESET",
        103 => "ECONNABORTED",
        104 => "ECONNRESET",
        ENOBUFS => nameof(ENOBUFS),
        106 => "EISCONN",
        107 => "ENOTCONN",
        108 => "ESHUTDOWN",
        109 => "ETOOMANYREFS",
        110 => "ETIMEDOUT",
        111 => "ECONNREFUSED",
        112 => "EHOSTDOWN",
        113 => "EHOSTUNREACH",
        114 => "EALREADY",
        115 => "EINPROGRESS",
        116 => "ESTALE",
        117 => "EUCLEAN",
        118 => "ENOTNAM",
        119 => "ENAVAIL",
        120 => "EISNAM",
        121 => "EREMOTEIO",
        122 => "EDQUOT",
        123 => "ENOMEDIUM",
        124 => "EMEDIUMTYPE",
        125 => "ECANCELED",
        126 => "ENOKEY",
        127 => "EKEYEXPIRED",
        128 => "EKEYREVOKED",
        129 => "EKEYREJECTED",
        130 => "EOWNERDEAD",
        131 => "ENOTRECOVERABLE",
        132 => "ERFKILL",
        133 => "EHWPOISON",
        524 => "ENOTSUPP",
        _ => $"errno {errno}",
    };
}
