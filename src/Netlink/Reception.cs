namespace VffNetlink;

/// <summary>What a receive came to.</summary>
internal enum Reception
{
    /// <summary>A datagram from the kernel.</summary>
    Datagram,

    /// <summary>Nothing was there.</summary>
    Nothing,

    /// <summary>The receive buffer overflowed (ENOBUFS) and the kernel dropped something.</summary>
    Lost,
}
