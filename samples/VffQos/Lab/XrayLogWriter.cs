using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VffQos.Lab;

/// <summary>Writes an access log as Xray does: one line, one <c>write</c>, appended at the end.</summary>
internal sealed class XrayLogWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    /// <summary>Opens the log, or makes it.</summary>
    /// <param name="path">Its folder must exist.</param>
    /// <param name="time">What the lines are dated by.</param>
    public XrayLogWriter(string path, TimeProvider time)
    {
        _time = time;
        // Without a buffer: every Write is the system call.
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Writes the line of an accepted connection.</summary>
    /// <param name="client">Where it came from.</param>
    /// <param name="transport">What stands before the client's address; null: nothing, as with most inbounds over TCP.</param>
    /// <param name="destination">Where the client wants to go: its own text.</param>
    /// <param name="user">The user's name.</param>
    public void Accepted(IPEndPoint client, ProtocolType? transport, string destination, string user)
    {
        var prefix = transport switch
        {
            ProtocolType.Tcp => "tcp:",
            ProtocolType.Udp => "udp:",
            _ => "",
        };
        var inbound = transport == ProtocolType.Udp ? "hy2-in" : "vless-in";
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{_time.GetLocalNow():yyyy/MM/dd HH:mm:ss.ffffff} from {prefix}{client} accepted {destination} [{inbound} -> direct] email: {user}\n");
        lock (_lock)
            _file.Write(Encoding.UTF8.GetBytes(line));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
