namespace VffNetlink;

/// <summary>What a receive brought.</summary>
/// <param name="Length">The datagram's real length, which may pass the buffer's: then it was cut.</param>
/// <param name="SenderPort">0 for the kernel.</param>
internal readonly record struct ReceivedDatagram(int Length, uint SenderPort);
