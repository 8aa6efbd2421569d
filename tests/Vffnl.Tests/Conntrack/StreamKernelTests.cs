using System.Diagnostics;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Tests.Conntrack;

/// <summary>Long lists: told as they come, and kept nowhere.</summary>
[Trait("Category", "Native")]
public sealed class StreamKernelTests : IDisposable
{
    /// <summary>A million where somebody has the time, and the kernel the room.</summary>
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("VFFNETLINK_FLOWS"), out var count) ? count : 20_000;

    private readonly KernelTable _table = new();

    public StreamKernelTests()
    {
        var batch = new NetlinkBatch();
        for (var n = 1; n <= Count; n++)
        {
            batch.CreateFlow(Flows.New(Flows.Numbered(n)));
            if (batch.Count < 1000 && n < Count)
                continue;
            Assert.Equal(0, _table.Client.Send(batch).Refused);
            batch.Clear();
        }
    }

    public void Dispose() => _table.Dispose();

    /// <summary>What many flows allocate beside few, in the best of many rounds: the runtime runs unoptimised code first, which boxes what optimised code does not.</summary>
    [Theory]
    [InlineData("ct list")]
    [InlineData("ct list --json")]
    public void A_Flow_More_Allocates_Nothing(string arguments)
    {
        if (Environment.GetEnvironmentVariable("VFFNETLINK_VM") is not null)
            Assert.Skip("what code allocates does not depend on the kernel, and an emulated machine optimises it slowly");
        var started = Stopwatch.GetTimestamp();
        double perFlow;
        do
            perFlow = (Allocated($"{arguments} --orig-src 10.0.0.0/8") - Allocated($"{arguments} --orig-src 10.0.0.0/24")) / (Count - 255.0);
        while (Math.Abs(perFlow) > 1 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60));
        Assert.InRange(perFlow, -1, 1);

        long Allocated(string line)
        {
            using var error = new StringWriter();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(0, CommandLine.Run([.. line.Split(' '), "--netns", Tool.PathOf(_table.Namespace)], new Terminal(Stream.Null, error), TestContext.Current.CancellationToken));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData("ct list")]
    [InlineData("ct list --json")]
    [InlineData("ct list --orig-src 10.0.0.0/8 --json")]
    public void A_List_Is_Handed_On_Piece_By_Piece(string arguments)
    {
        using var output = new Meter();
        using var error = new StringWriter();
        Assert.Equal(0, CommandLine.Run([.. arguments.Split(' '), "--netns", Tool.PathOf(_table.Namespace)], new Terminal(output, error), TestContext.Current.CancellationToken));
        Assert.Equal("", error.ToString());
        Assert.Equal(Count, output.Flows);
        Assert.True(output.Length > 150L * Count, $"only {output.Length} bytes");
        Assert.InRange(output.Longest, 1, 1 << 17);
        // Other tests keep some beside it; the list itself has more than 13 MB.
        Assert.InRange(output.Growth, long.MinValue, 8 << 20);
    }

    [Fact]
    public void An_Output_That_Takes_No_More_Ends_A_List_With_1()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var error = new StringWriter();
        Assert.Equal(1, CommandLine.Run(["ct", "list", "--json", "--netns", Tool.PathOf(_table.Namespace)], new Terminal(full, error), TestContext.Current.CancellationToken));
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Counts what is written, and looks now and then at what this process keeps.</summary>
    private sealed class Meter : Stream
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private int _writes;

        public int Flows { get; private set; }

        public int Longest { get; private set; }

        public long Growth { get; private set; } = long.MinValue;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Position;

        public override long Position { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Position += buffer.Length;
            Longest = Math.Max(Longest, buffer.Length);
            Flows += buffer.Count("src=10."u8) + buffer.Count("\"src\":\"10."u8);
            if (++_writes % 64 == 0)
                Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
