using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests.Support;

/// <summary>
/// A network namespace of the test's own: the links d4 (index 4, address 10.9.0.1/24) and d5 (index 5), which are up, carry no traffic but
/// the test's and swallow what is sent; d6 (index 6), which is down; tc as witness.
/// </summary>
internal sealed class TcNamespace : IDisposable
{
    public const int D4 = 4;
    public const int D5 = 5;
    public const int D6 = 6;

    /// <summary>Bytes that a packet has beside its payload: Ethernet, IPv4, UDP.</summary>
    public const int Headers = 14 + 20 + 8;

    private const int SolSocket = 1;
    private const int SoMark = 36;

    public TcNamespace()
    {
        Requires.Namespaces();
        Requires.Tool("ip");
        Requires.Tool("tc");
        Namespace = NetworkNamespace.Create();
        Namespace.Run(() =>
        {
            // Neighbour discovery would count in the statistics.
            foreach (var which in (string[])["all", "default"])
            {
                if (Directory.Exists($"/proc/sys/net/ipv6/conf/{which}"))
                    File.WriteAllText($"/proc/sys/net/ipv6/conf/{which}/disable_ipv6", "1");
            }
        });
        foreach (var index in (int[])[D4, D5, D6])
            Ip($"link add d{index} index {index} txqueuelen 100 type ifb");
        Ip("link set d4 up");
        Ip("link set d5 up");
        Ip("address add 10.9.0.1/24 dev d4");
        Client = TcClient.Open(new NetlinkSocketOptions { Namespace = Namespace });
    }

    public NetworkNamespace Namespace { get; }

    public TcClient Client { get; }

    public string Ip(string arguments) => Witness.Run(Namespace, "ip", arguments);

    public string Tc(string arguments) => Witness.Run(Namespace, "tc", arguments);

    /// <summary>The array that <c>tc -j</c> prints.</summary>
    public JsonElement[] TcJson(string arguments)
    {
        using var document = JsonDocument.Parse(Tc("-j " + arguments));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    /// <summary>Sends packets from inside: out of d4, where nobody answers.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="payload">Bytes in each.</param>
    /// <param name="mark">The packets' mark.</param>
    /// <param name="to">Where to; not this namespace's own address.</param>
    public void Send(int packets, int payload, uint mark = 0, string to = "10.9.0.2")
    {
        using var socket = Namespace.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.SendBufferSize = 1 << 20;
        socket.EnableBroadcast = true;
        if (mark != 0)
            socket.SetRawSocketOption(SolSocket, SoMark, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref mark)));
        var bytes = new byte[payload];
        var address = new IPEndPoint(IPAddress.Parse(to), 9);
        for (var i = 0; i < packets; i++)
            Assert.Equal(payload, socket.SendTo(bytes, address));
    }

    /// <summary>Asks again and again until an answer is the wanted one, for ten seconds at most.</summary>
    /// <returns>The last answer.</returns>
    public static T Eventually<T>(Func<T> ask, Func<T, bool> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = ask();
            if (wanted(answer) || clock.Elapsed > TimeSpan.FromSeconds(10))
                return answer;
            Thread.Yield();
        }
    }

    /// <summary>Skips the test where the kernel lacks a part, which shows when an object that needs nothing else is refused for it.</summary>
    public void RequireFilter<T>(in T filter, string part)
        where T : struct, IFilterOptions
    {
        Client.TryAddQdisc(QdiscKey.Ingress(D6), default(ClsactQdisc), out _);
        // u32's handle is the kernel's choice, the others are told one.
        var key = new FilterKey(D6, TcHandle.IngressFilters, 1, FilterProtocol.All, filter is U32Filter ? 0u : 1);
        if (Client.TryAddFilter(key, filter, out var made, out var error))
            Client.DeleteFilter(made, filter.KindName);
        else
            Requires.Kernel(error.Number != Errno.ENOENT, part);
        Assert.True(error.IsSuccess, $"{part}: {error}");
    }

    /// <summary>As <see cref="RequireFilter"/>, for an action.</summary>
    public void RequireAction<T>(in T action, string part)
        where T : struct, IActionKind<T> => RequireFilter(new U32Filter { Keys = [U32Key.Any], Actions = ActionList.Of(action) }, part);

    public void Dispose()
    {
        Client.Dispose();
        Namespace.Dispose();
    }
}
