using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>How an expected flow is translated.</summary>
/// <param name="IsReply">Whether the direction that is translated is that of the answers.</param>
/// <param name="Original">Address and port before the master's translation, as source of a tuple; the kernel leaves the destination 0.</param>
public readonly record struct ExpectationNat(bool IsReply, ConntrackTuple Original)
{
    /// <summary>Reads the inside of CTA_EXPECT_NAT.</summary>
    internal static ExpectationNat Read(AttributeReader<CTA_EXPECT_NAT> attributes, ushort zone)
    {
        var nat = default(ExpectationNat);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_EXPECT_NAT.CTA_EXPECT_NAT_DIR:
                    nat = nat with { IsReply = a.ReadUInt32BigEndian() != 0 };
                    break;
                case CTA_EXPECT_NAT.CTA_EXPECT_NAT_TUPLE:
                    nat = nat with { Original = ConntrackTuple.Read(a.Payload, zone) };
                    break;
            }
        }

        return nat;
    }

    /// <summary>Puts the nest.</summary>
    internal void Write(AttributeWriter<CTA_EXPECT> attributes)
    {
        using var nest = attributes.NestFlagged<CTA_EXPECT_NAT>(CTA_EXPECT.CTA_EXPECT_NAT);
        nest.PutBigEndian(CTA_EXPECT_NAT.CTA_EXPECT_NAT_DIR, IsReply ? 1u : 0u);
        Original.Write(nest, CTA_EXPECT_NAT.CTA_EXPECT_NAT_TUPLE, withZone: false);
    }
}
