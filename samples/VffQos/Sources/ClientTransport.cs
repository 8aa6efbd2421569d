namespace VffQos.Sources;

/// <summary>What a source says of the protocol between client and node. The protocol of the proxied destination is another matter.</summary>
internal enum ClientTransport : byte
{
    /// <summary>The source does not say: TCP is tried before UDP.</summary>
    Unknown,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP, QUIC included.</summary>
    Udp,
}
