using VffNetlink.Events;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Events;

/// <summary>A table of the tests: numbers by number.</summary>
internal sealed class PairTable : WatchedTable<uint, (uint Key, uint Value)?>
{
    public const ushort Set = 0x20;
    public const ushort Delete = 0x22;
    public const ushort Silent = 0x23;

    public override NETLINK Protocol => NETLINK.NETLINK_ROUTE;

    public override IReadOnlyList<uint> Groups { get; } = [1];

    public override IReadOnlyList<(uint Key, uint Value)?> Dump(NetlinkSocket socket, CancellationToken cancellation) =>
        socket.Dump(Script.Request(NLM_F.NLM_F_DUMP), null, "pairs", Parse, limit: cancellation);

    public override TableEvent Read(scoped in NetlinkMessage message, out (uint Key, uint Value)? value)
    {
        value = message.Type == Silent ? null : Parse(message);
        return message.Type switch { Set => TableEvent.Set, Delete => TableEvent.Removed, _ => TableEvent.Stale };
    }

    public override uint KeyOf((uint Key, uint Value)? value) => value!.Value.Key;

    private static (uint Key, uint Value)? Parse(scoped in NetlinkMessage message) =>
        (BitConverter.ToUInt32(message.Payload), BitConverter.ToUInt32(message.Payload[4..]));
}
