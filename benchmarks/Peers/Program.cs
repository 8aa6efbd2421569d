using System.Globalization;
using VffNetlink.Benchmarks.Peers;

// Speaks the command line of the peer benchmarks: one operation, one line "<microseconds per operation> <errors>", 77 where the
// operation is not there yet. And for what hears of events: listen KIND BUFFER, table BUFFER SECONDS.
const int Usage = 2;

if (args.Length < 2)
    return Usage;
if (args[0] == "encode-dump")
    return EncodeBench.Dump(args[1], prepared: args is [_, _, "prepared"]);
if (args is ["listen", _, _])
    return EventBench.Listen(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var count = int.Parse(args[1], CultureInfo.InvariantCulture);
if (args[0] == "table")
    return await EventBench.TableAsync(count, int.Parse(args[2], CultureInfo.InvariantCulture)).ConfigureAwait(false);
int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
return args[0] switch
{
    "class" => ClassBench.Add(count, Number(2), args[3]),
    "class-dump" => ClassBench.Dump(count, args[2], qdiscs: false),
    "qdisc-dump" => ClassBench.Dump(count, args[2], qdiscs: true),
    "filter" => FilterBench.Add(count, Number(2), args[3], byMark: args[4] == "mark"),
    "ct-create" => FlowBench.Create(count, Number(2)),
    "ct-update" => FlowBench.Update(count, Number(2), (uint)Number(3)),
    "ct-dump" => FlowBench.Dump(count),
    "link-dump" => LinkBench.Dump(count),
    "encode" => EncodeBench.Run(count),
    _ => NotThere,
};

/// <content>What the runner understands.</content>
internal sealed partial class Program
{
    /// <summary>The operation is not there.</summary>
    public const int NotThere = 77;
}
