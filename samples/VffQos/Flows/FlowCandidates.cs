using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Sources;

namespace VffQos.Flows;

/// <summary>
/// The tuples that a line may mean, best first: TCP before UDP where the line does not tell, then the node's addresses, the one that
/// worked last first, then the source's ports.
/// </summary>
internal struct FlowCandidates
{
    private readonly PendingLine _line;
    private readonly IReadOnlyList<InetAddress> _addresses;
    private readonly IReadOnlyList<ushort> _ports;
    private IpProtocol _protocol;
    private int _address;
    private int _port = -1;

    /// <summary>Candidates of a line; the addresses must not change meanwhile.</summary>
    public FlowCandidates(in PendingLine line, IReadOnlyList<InetAddress> addresses, IReadOnlyList<ushort> ports)
    {
        _line = line;
        _addresses = addresses;
        _ports = ports;
        _protocol = line.Transport == ClientTransport.Udp ? IpProtocol.Udp : IpProtocol.Tcp;
    }

    /// <summary>How many there are in all.</summary>
    public readonly int Count => _addresses.Count * _ports.Count * (_line.Transport == ClientTransport.Unknown ? 2 : 1);

    /// <summary>The tuple that <see cref="MoveNext"/> came to.</summary>
    public readonly ConntrackTuple Current => new(_protocol, _line.Client.Address, _line.Client.Port, _addresses[_address], _ports[_port]);

    /// <summary>Goes on to the next; false where there is none.</summary>
    public bool MoveNext()
    {
        if (++_port == _ports.Count)
        {
            _port = 0;
            _address++;
        }

        if (_address < _addresses.Count)
            return true;
        if (_line.Transport != ClientTransport.Unknown || _protocol == IpProtocol.Udp || _addresses.Count == 0)
            return false;
        _protocol = IpProtocol.Udp;
        _address = 0;
        return true;
    }
}
