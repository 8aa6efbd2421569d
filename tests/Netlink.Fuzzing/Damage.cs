namespace VffNetlink.Fuzzing;

/// <summary>Breaks messages without regard for what they are: bits, bytes, lengths that lie, ends, pieces of others.</summary>
internal sealed class Damage
{
    private static readonly ushort[] Lengths = [0, 1, 3, 4, 5, 6, 7, 8, 12, 16, 20, 63, 0x7fff, 0x8000, 0xfffc, 0xffff];

    private readonly byte[] _bytes = new byte[2 * MessageMaker.Capacity];
    private int _length;

    /// <summary>A broken copy, valid until the next call.</summary>
    /// <param name="message">What to break.</param>
    /// <param name="others">Where pieces come from.</param>
    /// <param name="random">What it depends on.</param>
    public ReadOnlySpan<byte> Break(ReadOnlySpan<byte> message, IReadOnlyList<byte[]> others, ref FuzzRandom random)
    {
        message.CopyTo(_bytes);
        _length = message.Length;
        for (var changes = 1 + random.Below(5); changes > 0 && _length > 0; changes--)
            Change(others, ref random);
        // A length that agrees leads deeper in.
        if (_length >= 4 && random.OneIn(2))
            BitConverter.TryWriteBytes(_bytes, _length);
        return _bytes.AsSpan(0, _length);
    }

    /// <summary>Bytes of no origin, valid until the next call.</summary>
    public ReadOnlySpan<byte> Noise(ref FuzzRandom random)
    {
        _length = random.Below(300);
        random.Fill(_bytes.AsSpan(0, _length));
        if (_length >= 4 && random.OneIn(2))
            BitConverter.TryWriteBytes(_bytes, _length);
        // Small numbers make attributes that have a chance.
        for (var at = 16; random.OneIn(2) && at + 4 <= _length; at += 4 * (1 + random.Below(8)))
        {
            BitConverter.TryWriteBytes(_bytes.AsSpan(at), (ushort)random.Below(48));
            BitConverter.TryWriteBytes(_bytes.AsSpan(at + 2), (ushort)random.Below(40));
        }

        return _bytes.AsSpan(0, _length);
    }

    private void Change(IReadOnlyList<byte[]> others, ref FuzzRandom random)
    {
        var at = random.Below(_length);
        switch (random.Below(8))
        {
            case 0:
                _bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                _bytes[at] = (byte)random.Next();
                break;
            case 2: // attributes start at multiples of 4
            case 3:
                at &= ~3;
                if (at + 2 <= _length)
                    BitConverter.TryWriteBytes(_bytes.AsSpan(at), random.Any(Lengths));
                break;
            case 4: // a length that is nearly right
                at &= ~3;
                if (at + 2 <= _length)
                    BitConverter.TryWriteBytes(_bytes.AsSpan(at), (ushort)(BitConverter.ToUInt16(_bytes, at) + random.Below(9) - 4));
                break;
            case 5:
                _length = at;
                break;
            case 6: // another one behind it
                Insert(_length, random.Any(others));
                break;
            default: // a piece of another one in the middle
                var other = random.Any(others);
                var from = random.Below(other.Length);
                Insert(at, other.AsSpan(from, Math.Min(other.Length - from, random.Below(64))));
                break;
        }
    }

    private void Insert(int at, ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > MessageMaker.Capacity)
            return;
        _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + piece.Length));
        piece.CopyTo(_bytes.AsSpan(at));
        _length += piece.Length;
    }
}
