namespace VffNetlink.Nftables;

/// <summary>A message of a transaction that the kernel refused, and with it the whole transaction.</summary>
/// <param name="Message">Its index in the transaction; -1: the kernel refused the whole before it looked at any message.</param>
/// <param name="Element">Which element of the message's list it was; -1 where it was none, or is not known.</param>
/// <param name="Error">Why.</param>
/// <remarks>
/// A failure to commit (offload that the device cannot do, memory) comes under the first message's number, whatever caused it.
/// </remarks>
public readonly record struct NftRefusal(int Message, int Element, NetlinkError Error);
