namespace VffQos.Sources.Logs;

/// <content>
/// The buffer, and lines out of it.
/// <code>
///  0      _base               _lineStart               _end
/// | free | bytes before the line, to know the place by | part of a line | free ... |
///                                                       ^ _readOffset in the file
/// </code>
/// </content>
internal sealed partial class LogFollower
{
    private const int ChunkLength = 256 * 1024;

    private readonly int _maxLineLength;
    private readonly byte[] _buffer;
    private int _base;
    private int _lineStart;
    private int _end;
    private long _readOffset;
    private long _historyEnd;
    private Discard _discard;
    private LogPosition? _frozen; // the start of a line that is being discarded

    private enum ReadResult
    {
        /// <summary>Something was read.</summary>
        Data,

        /// <summary>Nothing more is there now.</summary>
        End,

        /// <summary>What was read before is no longer there.</summary>
        Replaced,
    }

    private enum Discard
    {
        /// <summary>Lines are handed on.</summary>
        None,

        /// <summary>An overlong line's rest is skipped.</summary>
        Overlong,

        /// <summary>Reading began in the middle of a line.</summary>
        UntilFirstLine,
    }

    private LogPosition CurrentPosition =>
        new(_current!.Device, _current.Inode, _readOffset - (_end - _lineStart), LogFile.Digest(Tail(_lineStart)));

    private void Begin(LogFile file, long offset)
    {
        _current = file;
        _isLastPass = false;
        _readOffset = offset;
        _discard = Discard.None;
        _frozen = null;
        _base = 0;
        _lineStart = _end = (int)Math.Min(offset, LogFile.CheckLength);
        if (!file.ReadWhole(_buffer.AsSpan(0, _end), offset - _end))
        {
            // Shorter than a moment ago: read from the start what it has become.
            _readOffset = 0;
            _lineStart = _end = 0;
        }
    }

    private ReadResult ReadChunk<TSink>(ref TSink sink, ref int budget)
        where TSink : struct, ILineSink, allows ref struct
    {
        if (_buffer.Length - _end < ChunkLength)
            Compact();
        // The last bytes are read once more: a log that was cut back and has grown again is as long as before, but another.
        Span<byte> known = stackalloc byte[LogFile.CheckLength];
        known = known[..Tail(_end).Length];
        Tail(_end).CopyTo(known);
        var chunk = Math.Min(ChunkLength, Math.Max(budget, 4096));
        int read;
        try
        {
            read = _current!.Read(_buffer.AsSpan(_end - known.Length, known.Length + chunk), _readOffset - known.Length);
        }
        catch (IOException e)
        {
            Trouble($"cannot be read: {e.Message}");
            return ReadResult.End;
        }

        var isReplaced = read < known.Length || !_buffer.AsSpan(_end - known.Length, known.Length).SequenceEqual(known);
        if (isReplaced)
        {
            known.CopyTo(_buffer.AsSpan(_end - known.Length));
            return ReadResult.Replaced;
        }

        read -= known.Length;
        if (read == 0)
            return ReadResult.End;
        budget -= read;
        Counters.Bytes += read;
        var fresh = _end;
        _end += read;
        _readOffset += read;
        HandOn(ref sink, fresh);
        return ReadResult.Data;
    }

    private void HandOn<TSink>(ref TSink sink, int fresh)
        where TSink : struct, ILineSink, allows ref struct
    {
        for (var search = fresh; _buffer.AsSpan(search, _end - search).IndexOf((byte)'\n') is >= 0 and var length; search = _lineStart)
        {
            var line = _buffer.AsSpan(_lineStart, search + length - _lineStart);
            _lineStart = search + length + 1;
            if (_discard != Discard.None)
            {
                _discard = Discard.None;
                _frozen = null;
            }
            else if (line.Length > _maxLineLength)
            {
                Counters.Overlong++;
            }
            else
            {
                Counters.Lines++;
                var endOffset = _readOffset - (_end - _lineStart);
                sink.Line(line, endOffset, endOffset <= _historyEnd);
            }
        }

        if (_discard == Discard.None && _end - _lineStart > _maxLineLength)
        {
            Counters.Overlong++;
            _frozen = CurrentPosition;
            _discard = Discard.Overlong;
        }

        if (_discard != Discard.None)
            _lineStart = _end;
    }

    /// <summary>Moves the part of a line, and the bytes before it, to the buffer's start.</summary>
    private void Compact()
    {
        var start = _lineStart - Tail(_lineStart).Length;
        _buffer.AsSpan(start, _end - start).CopyTo(_buffer);
        _base = 0;
        _lineStart -= start;
        _end -= start;
    }

    /// <summary>The last bytes before a place in the buffer: as many as make the place known again.</summary>
    private Span<byte> Tail(int end) => _buffer.AsSpan(Math.Max(_base, end - LogFile.CheckLength)..end);
}
