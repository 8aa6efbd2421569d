using System.Net;

namespace VffNetlink.Events;

/// <summary>What tells one address of a namespace from another.</summary>
/// <param name="LinkIndex">The link that has it.</param>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits.</param>
/// <param name="Peer">The other end's; null where there is none.</param>
public readonly record struct AddressKey(int LinkIndex, IPAddress Address, byte PrefixLength, IPAddress? Peer);
