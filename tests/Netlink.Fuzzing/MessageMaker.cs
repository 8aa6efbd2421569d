using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>
/// Makes messages with structure: their lengths are right and their nests whole, whatever is in them. Some are made of nothing but the
/// names of a space, some of a capture, attribute by attribute, with attributes that are changed, left out, doubled, moved and added.
/// </summary>
/// <remarks>A clean message has only values of the right length; others have wrong lengths and numbers among them. Nothing is allocated per message.</remarks>
internal sealed class MessageMaker
{
    /// <summary>Bytes of the longest message.</summary>
    public const int Capacity = 1 << 17;

    private const int HeaderSize = 16;
    private const int MaximumDepth = 10;
    private const int Fullness = 4096; // where a message of the usual size ends
    private const int Limit = 60_000; // where any ends: an attribute holds 65,535 bytes
    private const int MaximumAttributes = 96;

    private static readonly ushort[] Flags = [0, 1, 2, 4, 5, 0x10, 0x300, 0x301, 0x305, 0x400, 0x600, 0x605, 0xf05, 0x12];

    private readonly byte[] _bytes = new byte[Capacity];
    private FuzzRandom _random;
    private int _length;
    private bool _clean;
    private int _calm;
    private int _wholeness;

    /// <summary>Makes the next one; valid until the next call.</summary>
    /// <param name="target">Whom it is for.</param>
    /// <param name="shape">Of the target's space.</param>
    /// <param name="seeds">Captures for the target.</param>
    /// <param name="random">What it depends on.</param>
    public Span<byte> Make(FuzzTarget target, SpaceShape shape, IReadOnlyList<byte[]> seeds, ref FuzzRandom random)
    {
        _random = random;
        _length = HeaderSize;
        _clean = !_random.OneIn(4);
        _calm = 1 << (3 * _random.Below(3)); // many readers refuse what is changed in many places
        var header = _bytes.AsSpan(0, HeaderSize);
        BitConverter.TryWriteBytes(header[4..], _random.Any(target.Types));
        BitConverter.TryWriteBytes(header[6..], _random.Any(Flags));
        BitConverter.TryWriteBytes(header[8..], _random.Next());
        _wholeness = seeds.Count > 0 ? 8 : 2; // what a reader must have, captures have
        if (_random.OneIn(800))
            Pile(shape);
        else if (seeds.Count > 0 && _random.Below(8) < 5)
            Transcribe(shape, _random.Any(seeds).AsSpan(HeaderSize), 0);
        else
            Generate(shape, 0);
        if (_random.OneIn(1500))
            Swell(shape);
        var message = _bytes.AsSpan(0, _length);
        BitConverter.TryWriteBytes(message, _length);
        target.Dress?.Invoke(message);
        random = _random;
        return message;
    }

    /// <summary>A header, and attributes from the space's names.</summary>
    private void Generate(SpaceShape shape, int depth)
    {
        if (!shape.Space.IsRecords)
        {
            PutHeader(shape);
            AddAttributes(shape, depth, many: _random.OneIn(depth == 0 ? _wholeness : 3));
            return;
        }

        for (var records = _random.Below(4); records > 0 && _length < Fullness; records--)
        {
            var start = _length;
            PutHeader(shape);
            AddAttributes(shape, depth, many: false);
            EndRecord(start);
        }
    }

    private void AddAttributes(SpaceShape shape, int depth, bool many)
    {
        var known = shape.Attributes;
        if (known.Count == 0)
            return;
        // Of all choices the kinds come first, or last where a reader should not depend on it.
        Span<int> kinds = stackalloc int[4];
        var isKindFirst = !_random.OneIn(8);
        for (var i = 0; i < shape.Choices.Count; i++)
        {
            kinds[i] = shape.Choices[i].Kinds.Length == 0 ? 0 : _random.Below(shape.Choices[i].Kinds.Length);
            if (isKindFirst)
                AddKind(shape, i, kinds[i]);
        }

        var count = many ? known.Count : 1 + _random.Below(Math.Clamp(known.Count, 3, 8));
        for (var i = 0; i < count && _length < Fullness; i++)
            AddAttribute(shape, known[many ? i : _random.Below(known.Count)], shape.IsList ? i + 1 : 0, kinds, depth);
        for (var i = 0; i < shape.Choices.Count && !isKindFirst; i++)
            AddKind(shape, i, kinds[i]);
    }

    private void AddKind(SpaceShape shape, int choice, int kind)
    {
        var (id, _, kinds) = shape.Choices[choice];
        if (kinds.Length == 0 || _random.OneIn(10))
            return;
        var at = Begin(id);
        Put(kinds[kind].Name);
        if (!_random.OneIn(16))
            Put([0]);
        End(at);
    }

    /// <summary>Adds one attribute of a space with a value of its own.</summary>
    private void AddAttribute(SpaceShape shape, AttributeShape attribute, int number, ReadOnlySpan<int> kinds, int depth)
    {
        var inside = attribute.Nest;
        for (var i = 0; i < shape.Choices.Count; i++)
        {
            if (shape.Choices[i].Kind == attribute.Id && shape.Choices[i].Kinds.Length > 0 && !_random.OneIn(50))
                return; // it has been said
            if (shape.Choices[i].Data == attribute.Id && shape.Choices[i].Kinds.Length > 0)
                inside = shape.Choices[i].Kinds[kinds[i]].Inside;
        }

        var at = Begin((ushort)((number == 0 ? attribute.Id : number) | (inside is not null && _random.OneIn(2) ? NLA.NLA_F_NESTED : 0)));
        if (inside is not null && depth < MaximumDepth && (_clean || !_random.OneIn(20)))
            Generate(inside, depth + 1);
        else
            PutValue(attribute);
        End(at);
    }

    /// <summary>Writes what a capture has, and changes things on the way.</summary>
    /// <param name="shape">The space; null: nobody knows what is inside, and it is copied.</param>
    /// <param name="source">The capture.</param>
    /// <param name="depth">How deep it is.</param>
    private void Transcribe(SpaceShape? shape, ReadOnlySpan<byte> source, int depth)
    {
        if (shape is null || source.Length < shape.Space.HeaderLength || depth > MaximumDepth)
        {
            Put(source);
            return;
        }

        if (!shape.Space.IsRecords)
        {
            TranscribeHeader(shape, source);
            TranscribeAttributes(shape, source[shape.Space.HeaderLength..], depth);
            return;
        }

        var records = new RecordWalk(source, shape.Space.HeaderLength);
        while (records.MoveNext() && _length < Limit)
        {
            if (_random.OneIn(12 * _calm))
                continue;
            var start = _length;
            TranscribeHeader(shape, records.Current);
            TranscribeAttributes(shape, records.Current[shape.Space.HeaderLength..], depth);
            EndRecord(start);
        }
    }

    private void TranscribeHeader(SpaceShape shape, ReadOnlySpan<byte> source)
    {
        var start = _length;
        Put(source[..shape.Space.HeaderLength]);
        if (_length > start && _random.OneIn(6 * _calm))
            _bytes[start + _random.Below(_length - start)] = (byte)_random.Next();
    }

    private void TranscribeAttributes(SpaceShape shape, ReadOnlySpan<byte> source, int depth)
    {
        if (shape.Space.IsHeaderOnly)
        {
            Put(source);
            return;
        }

        Span<int> starts = stackalloc int[MaximumAttributes];
        var count = 0;
        var walk = new AttributeWalk(source);
        for (var at = 0; count < starts.Length && walk.MoveNext(); at = source.Length - walk.Rest.Length)
            starts[count++] = at;
        starts = starts[..count];
        if (_random.OneIn(10 * _calm))
            Shuffle(starts);
        foreach (var start in starts)
        {
            if (_length >= Limit)
                return;
            TranscribeAttribute(shape, source, start, depth);
        }

        if (_random.OneIn(depth == 0 ? 2 : 3 * _calm) && _length < Fullness)
            AddStrays(shape, depth, 1 + _random.Below(4));
    }

    private void TranscribeAttribute(SpaceShape shape, ReadOnlySpan<byte> siblings, int start, int depth)
    {
        var walk = new AttributeWalk(siblings[start..]);
        walk.MoveNext();
        var id = (ushort)(walk.Type & NLA.NLA_TYPE_MASK);
        switch (_random.Below(100 * _calm))
        {
            case < 4: // left out
                return;
            case < 7: // doubled
                Copy(shape, siblings, walk.Type, walk.Payload, depth);
                break;
            case < 12: // not alone
                AddStrays(shape, depth, 1);
                break;
            case < 15 when !_clean: // somebody else's number
                Copy(shape, siblings, _random.OneIn(3) ? (ushort)_random.Next() : AnyId(shape), walk.Payload, depth);
                return;
            case < 17 when !_clean: // flags that nobody set
                Copy(shape, siblings, (ushort)(walk.Type ^ (_random.OneIn(2) ? NLA.NLA_F_NESTED : NLA.NLA_F_NET_BYTEORDER)), walk.Payload, depth);
                return;
            case < 19 when !_clean: // a payload that is cut
                Copy(shape, siblings, walk.Type, walk.Payload[.._random.Below(walk.Payload.Length + 1)], depth);
                return;
            case < 30 when shape.Find(id) is { Nest: null } attribute: // another capture's value, or a made one
                var at = Begin(walk.Type);
                PutValue(attribute);
                End(at);
                return;
        }

        Copy(shape, siblings, walk.Type, walk.Payload, depth);
    }

    private void Copy(SpaceShape shape, ReadOnlySpan<byte> siblings, ushort type, ReadOnlySpan<byte> payload, int depth)
    {
        var at = Begin(type);
        var start = _length;
        if (shape.Space.Inside((ushort)(type & NLA.NLA_TYPE_MASK), siblings) is { } inside)
        {
            Transcribe(Shapes?.Of(inside), payload, depth + 1);
        }
        else
        {
            Put(payload);
            if (_length > start && _random.OneIn(8 * _calm))
                _bytes[start + _random.Below(_length - start)] ^= (byte)(1 << _random.Below(8));
        }

        End(at);
    }

    /// <summary>The shapes of spaces that captures come to by a kind's name.</summary>
    public Schema? Shapes { get; init; }

    private void AddStrays(SpaceShape shape, int depth, int count)
    {
        if (shape.Attributes.Count == 0)
            return;
        Span<int> kinds = stackalloc int[4];
        for (var i = 0; i < shape.Choices.Count; i++)
            kinds[i] = shape.Choices[i].Kinds.Length == 0 ? 0 : _random.Below(shape.Choices[i].Kinds.Length);
        for (; count > 0 && _length < Fullness; count--)
            AddAttribute(shape, _random.Any(shape.Attributes), shape.IsList ? 1 + _random.Below(40) : 0, kinds, depth);
    }

    /// <summary>Nests in nests, more than any reader should want to follow.</summary>
    private void Pile(SpaceShape shape)
    {
        PutHeader(shape);
        var id = AnyId(shape);
        for (var left = _random.OneIn(20) ? 8 + _random.Below(15_000) : 8 + _random.Below(200); left > 0; left--)
        {
            BitConverter.TryWriteBytes(_bytes.AsSpan(_length), (ushort)(4 * left));
            BitConverter.TryWriteBytes(_bytes.AsSpan(_length + 2), (ushort)(_random.OneIn(20) ? AnyId(shape) : id | NLA.NLA_F_NESTED));
            _length += 4;
        }
    }

    /// <summary>More attributes than anybody sends.</summary>
    private void Swell(SpaceShape shape)
    {
        if (shape.Attributes.Count == 0 || shape.Space.IsRecords)
            return;
        var attribute = _random.Any(shape.Attributes);
        var size = _random.Below(Limit);
        while (_length < size)
        {
            var at = Begin(_random.OneIn(20) ? AnyId(shape) : attribute.Id);
            PutValue(attribute);
            End(at);
        }
    }

    private ushort AnyId(SpaceShape shape) => shape.Attributes.Count == 0 || _random.OneIn(12) ? (ushort)_random.Below(200) : _random.Any(shape.Attributes).Id;

    private void PutHeader(SpaceShape shape)
    {
        var length = shape.Space.HeaderLength;
        if (length == 0)
            return;
        if (!_clean && _random.OneIn(30))
            length = _random.Below(length);
        var header = _bytes.AsSpan(_length, length);
        _random.Fill(header);
        if (shape.Headers.Count > 0 && !_random.OneIn(4))
            _random.Any(shape.Headers).AsSpan(0, length).CopyTo(header);
        _length += length;
    }

    private void PutValue(AttributeShape attribute)
    {
        if (attribute.Examples is { Count: > 0 } examples && _random.OneIn(2))
        {
            Put(_random.Any(examples));
            return;
        }

        var length = attribute.AnyLength(ref _random);
        if (!_clean && _random.OneIn(6))
            length = _random.OneIn(2) ? Math.Max(0, length + _random.Below(9) - 4) : _random.Below(64);
        if (_length + length > Capacity - 64)
            return;
        if (attribute.IsUntold && _random.OneIn(3))
        {
            PutUnknownNest(length);
            return;
        }

        PutContent(_bytes.AsSpan(_length, length));
        _length += length;
    }

    /// <summary>What nobody told the names of may be a nest all the same.</summary>
    private void PutUnknownNest(int length)
    {
        for (var end = _length + Math.Min(length, 200); _length < end;)
        {
            var at = Begin((ushort)_random.Below(20));
            PutContent(_bytes.AsSpan(_length, length = _random.Below(20)));
            _length += length;
            End(at);
        }
    }

    private void PutContent(Span<byte> content)
    {
        switch (_random.Below(8))
        {
            case 0:
                content.Clear();
                break;
            case 1:
                content.Fill(0xff);
                break;
            case 2: // a small number
                content.Clear();
                if (content.Length > 0)
                    content[0] = (byte)_random.Below(40);
                break;
            case 3: // a small number in network byte order
                content.Clear();
                if (content.Length > 0)
                    content[^1] = (byte)_random.Below(40);
                break;
            case 4: // text
                for (var i = 0; i < content.Length; i++)
                    content[i] = (byte)('a' + _random.Below(26));
                if (content.Length > 0 && !_random.OneIn(4))
                    content[^1] = 0;
                break;
            default:
                _random.Fill(content);
                break;
        }
    }

    private int Begin(ushort type)
    {
        BitConverter.TryWriteBytes(_bytes.AsSpan(_length + 2), type);
        _length += 4;
        return _length - 4;
    }

    private void End(int at)
    {
        BitConverter.TryWriteBytes(_bytes.AsSpan(at), (ushort)(_length - at));
        Align();
    }

    private void EndRecord(int at)
    {
        if (_length - at >= 2)
            BitConverter.TryWriteBytes(_bytes.AsSpan(at), (ushort)(_length - at));
    }

    private void Align()
    {
        while ((_length & 3) != 0)
            _bytes[_length++] = 0;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > Capacity - 64)
            return;
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = _random.Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
