using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>How the TCP sequence numbers of one direction are adjusted, because a helper changed the length of its data.</summary>
/// <param name="CorrectionPosition">The sequence number from which on the later offset holds.</param>
/// <param name="OffsetBefore">What is added before it.</param>
/// <param name="OffsetAfter">What is added behind it.</param>
public readonly record struct SequenceAdjustment(uint CorrectionPosition, int OffsetBefore, int OffsetAfter)
{
    /// <summary>Reads the inside of CTA_SEQ_ADJ_ORIG or CTA_SEQ_ADJ_REPLY.</summary>
    internal static SequenceAdjustment Read(AttributeReader<CTA_SEQADJ> attributes)
    {
        var adjustment = default(SequenceAdjustment);
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_SEQADJ.CTA_SEQADJ_CORRECTION_POS:
                    adjustment = adjustment with { CorrectionPosition = a.ReadUInt32BigEndian() };
                    break;
                case CTA_SEQADJ.CTA_SEQADJ_OFFSET_BEFORE:
                    adjustment = adjustment with { OffsetBefore = (int)a.ReadUInt32BigEndian() };
                    break;
                case CTA_SEQADJ.CTA_SEQADJ_OFFSET_AFTER:
                    adjustment = adjustment with { OffsetAfter = (int)a.ReadUInt32BigEndian() };
                    break;
            }
        }

        return adjustment;
    }

    /// <summary>Puts a nest.</summary>
    internal void Write(AttributeWriter<CTA> attributes, CTA id)
    {
        using var nest = attributes.NestFlagged<CTA_SEQADJ>(id);
        nest.PutBigEndian(CTA_SEQADJ.CTA_SEQADJ_CORRECTION_POS, CorrectionPosition);
        nest.PutBigEndian(CTA_SEQADJ.CTA_SEQADJ_OFFSET_BEFORE, (uint)OffsetBefore);
        nest.PutBigEndian(CTA_SEQADJ.CTA_SEQADJ_OFFSET_AFTER, (uint)OffsetAfter);
    }
}
