using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>
/// Where our messages differ from ip's on purpose. Each takes a captured message and makes the difference, so that everything else
/// is compared byte by byte.
/// </summary>
internal static class IpDifferences
{
    private const int IfinfomsgSize = 16;

    /// <summary>
    /// ip asks for links with IFLA_EXT_MASK, to see virtual functions and to leave out statistics, and as AF_PACKET, which the kernel
    /// takes as AF_UNSPEC. We want no virtual functions, and say what we mean.
    /// </summary>
    public static byte[] WithoutExtMask(byte[] captured)
    {
        var message = Drop(captured, IfinfomsgSize, (ushort)IFLA.IFLA_EXT_MASK);
        message[16] = 0;
        return message;
    }

    /// <summary>The number of a descriptor is another one in every process.</summary>
    public static byte[] WithDescriptor(byte[] captured, int descriptor)
    {
        // Its place is found by the attribute's head, which is in each capture once.
        var message = (byte[])captured.Clone();
        var at = message.AsSpan().IndexOf((ReadOnlySpan<byte>)[8, 0, (byte)IFLA.IFLA_NET_NS_FD, 0]);
        Assert.True(at > 0);
        BitConverter.TryWriteBytes(message.AsSpan(at + 4), descriptor);
        return message;
    }

    /// <summary>The index of a link that the capture knows as another one.</summary>
    public static byte[] WithIndex(byte[] captured, int index)
    {
        var message = (byte[])captured.Clone();
        BitConverter.TryWriteBytes(message.AsSpan(20), index);
        return message;
    }

    /// <summary>ip writes the destination of an IPv6 default route out as 16 zeros; its prefix of 0 bits says it all, as with IPv4.</summary>
    public static byte[] WithoutDestination(byte[] captured) => Drop(captured, 12, (ushort)RTA.RTA_DST);

    private static byte[] Drop(byte[] captured, int header, ushort type)
    {
        var rest = new List<byte>(captured[..(16 + header)]);
        var dropped = 0;
        for (var at = 16 + header; at < captured.Length;)
        {
            var length = (BitConverter.ToUInt16(captured, at) + 3) & ~3;
            if (BitConverter.ToUInt16(captured, at + 2) == type)
                dropped++;
            else
                rest.AddRange(captured[at..(at + length)]);
            at += length;
        }

        Assert.Equal(1, dropped);
        var message = rest.ToArray();
        BitConverter.TryWriteBytes(message, message.Length);
        return message;
    }
}
