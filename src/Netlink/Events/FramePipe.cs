using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace VffNetlink.Events;

/// <summary>
/// Datagrams on their way from the thread that receives them to whoever consumes them, bounded. One writer, one reader.
/// </summary>
/// <remarks>
/// <code>
/// | length: i32, or -1 for an overrun | datagram | length | ...
/// </code>
/// Only whole frames are flushed, so the reader never sees a part of one.
/// </remarks>
internal sealed class FramePipe
{
    private const int OverrunMark = -1;
    private const int FlushSize = 32 * 1024;

    private readonly Pipe _pipe;
    private byte[] _frame = new byte[4096];
    private int _unflushed;

    public FramePipe(int capacity) => _pipe = new Pipe(new PipeOptions(
        pauseWriterThreshold: capacity,
        resumeWriterThreshold: capacity / 2,
        writerScheduler: PipeScheduler.Inline, // the writer is a thread that blocks
        minimumSegmentSize: FlushSize,
        useSynchronizationContext: false));

    /// <summary>The datagram that <see cref="TryRead"/> brought, valid until its next call.</summary>
    public Memory<byte> Frame { get; private set; }

    /// <summary>Adds a datagram. Returns false where nobody reads any more.</summary>
    public bool Write(ReadOnlySpan<byte> datagram)
    {
        Append(datagram.Length, datagram);
        return _unflushed < FlushSize || Flush();
    }

    /// <summary>Adds an overrun. Returns false where nobody reads any more.</summary>
    public bool WriteOverrun()
    {
        Append(OverrunMark, default);
        return Flush();
    }

    /// <summary>Hands on what was written, and blocks while the reader has enough. Returns false once that wait was given up.</summary>
    public bool Flush()
    {
        if (_unflushed == 0)
            return true;
        _unflushed = 0;
        var flush = _pipe.Writer.FlushAsync();
        var result = flush.IsCompletedSuccessfully ? flush.Result : flush.AsTask().GetAwaiter().GetResult();
        return result is { IsCanceled: false, IsCompleted: false };
    }

    /// <summary>Has a blocked <see cref="Flush"/>, or the next one, return false. For any thread.</summary>
    public void GiveUp() => _pipe.Writer.CancelPendingFlush();

    /// <summary>Nothing more will be written.</summary>
    public void Complete() => _pipe.Writer.Complete();

    /// <summary>Takes the next frame where there is one already.</summary>
    /// <param name="overrun">Whether it is an overrun; otherwise it is in <see cref="Frame"/>.</param>
    public bool TryRead(out bool overrun)
    {
        overrun = false;
        if (!_pipe.Reader.TryRead(out var result))
            return false;
        var buffer = result.Buffer;
        if (buffer.IsEmpty)
        {
            _pipe.Reader.AdvanceTo(buffer.Start);
            return false;
        }

        Span<byte> header = stackalloc byte[sizeof(int)];
        buffer.Slice(0, sizeof(int)).CopyTo(header);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        overrun = length == OverrunMark;
        var datagram = buffer.Slice(sizeof(int), overrun ? 0 : length);
        if (!overrun)
        {
            if (_frame.Length < length)
                _frame = new byte[Math.Max(length, _frame.Length * 2)];
            datagram.CopyTo(_frame);
            Frame = _frame.AsMemory(0, length);
        }

        // Examined no further than consumed: the next read does not wait while there is more.
        _pipe.Reader.AdvanceTo(datagram.End);
        return true;
    }

    /// <summary>Waits until there is a frame; false where there will be none any more.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        var result = await _pipe.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        var isEmpty = result.Buffer.IsEmpty;
        _pipe.Reader.AdvanceTo(result.Buffer.Start);
        return !isEmpty;
    }

    private void Append(int length, ReadOnlySpan<byte> datagram)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_pipe.Writer.GetSpan(sizeof(int)), length);
        _pipe.Writer.Advance(sizeof(int));
        _pipe.Writer.Write(datagram);
        _unflushed += sizeof(int) + datagram.Length;
    }
}
