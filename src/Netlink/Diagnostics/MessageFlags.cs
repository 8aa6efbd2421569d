using System.Globalization;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Diagnostics;

/// <summary>The flags of a message by name; from 0x100 on a bit means what the message's verb makes of it.</summary>
internal static class MessageFlags
{
    private static readonly string[] Common = ["NLM_F_REQUEST", "NLM_F_MULTI", "NLM_F_ACK", "NLM_F_ECHO", "NLM_F_DUMP_INTR", "NLM_F_DUMP_FILTERED"];
    private static readonly string[] Get = ["NLM_F_ROOT", "NLM_F_MATCH", "NLM_F_ATOMIC"];
    private static readonly string[] New = ["NLM_F_REPLACE", "NLM_F_EXCL", "NLM_F_CREATE", "NLM_F_APPEND"];
    private static readonly string[] Delete = ["NLM_F_NONREC", "NLM_F_BULK"];
    private static readonly string[] Answer = ["NLM_F_CAPPED", "NLM_F_ACK_TLVS"];

    public static void Write(NLM_F flags, ushort type, string? name, bool isGeneric, StringBuilder text)
    {
        var start = text.Length;
        var left = (int)flags;
        var verbs = type < (ushort)NLMSG.NLMSG_MIN_TYPE ? Answer
            : isGeneric || name is null || name.Contains("GET", StringComparison.Ordinal) ? Get
            : name.Contains("DEL", StringComparison.Ordinal) || name.Contains("DESTROY", StringComparison.Ordinal) ? Delete
            : New;
        for (var i = 0; i < Common.Length; i++)
            Take(1 << i, Common[i]);
        if (verbs == Get)
            Take((int)NLM_F.NLM_F_DUMP, nameof(NLM_F.NLM_F_DUMP));
        for (var i = 0; i < verbs.Length; i++)
            Take(0x100 << i, verbs[i]);
        if (left != 0 || text.Length == start)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == start ? "" : "|")}{(left == 0 ? "0" : $"0x{left:x}")}");

        void Take(int bits, string what)
        {
            if ((left & bits) != bits)
                return;
            left &= ~bits;
            text.Append(text.Length == start ? "" : "|").Append(what);
        }
    }
}
