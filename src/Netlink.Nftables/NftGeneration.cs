using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>The state of a network namespace's ruleset; every transaction that changes something makes the next one.</summary>
/// <param name="Id">Its number, never 0; it wraps around.</param>
/// <param name="ThreadId">Of the thread that asked; in a notification, of the one that made it. As the initial pid namespace numbers it.</param>
public readonly record struct NftGeneration(uint Id, uint ThreadId)
{
    /// <summary>Reads a generation out of an <c>NFT_MSG_NEWGEN</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static NftGeneration Read(scoped in NetlinkMessage message)
    {
        var generation = default(NftGeneration);
        foreach (var a in message.Attributes<nfgenmsg, NFTA_GEN>())
        {
            generation = a.Id switch
            {
                NFTA_GEN.NFTA_GEN_ID => generation with { Id = a.ReadUInt32BigEndian() },
                NFTA_GEN.NFTA_GEN_PROC_PID => generation with { ThreadId = a.ReadUInt32BigEndian() },
                _ => generation,
            };
        }

        return generation;
    }
}
