using System.Runtime.InteropServices;

namespace VffNetlink.Testing;

/// <summary>Broken messages by the thousand, the same ones in every run: whole ones with bits, lengths and ends that are not theirs.</summary>
public sealed class Mutations
{
    private static readonly ushort[] Lengths = [0, 1, 3, 4, 5, 7, 8, 16, 0x7fff, 0x8000, 0xfffc, 0xffff];

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _corpus;

    /// <summary>Broken copies of whole messages.</summary>
    /// <param name="corpus">What to break.</param>
    /// <param name="seed">Which ones come, and in which order.</param>
    public Mutations(IReadOnlyList<byte[]> corpus, int seed)
    {
        _corpus = corpus;
        _random = new Random(seed);
    }

    /// <summary>The next one.</summary>
    public byte[] Next()
    {
        if (_random.Next(20) == 0)
            return Noise();
        var bytes = Pick();
        for (var changes = _random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
            bytes = Change(bytes);
        if (_random.Next(2) == 0 && bytes.Length >= 4)
            MemoryMarshal.Write(bytes, bytes.Length); // a length that agrees leads deeper in
        return bytes;
    }

    private byte[] Pick() => (byte[])_corpus[_random.Next(_corpus.Count)].Clone();

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        switch (_random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)_random.Next(256);
                return bytes;
            case 2: // attributes start at multiples of 4
                at &= ~3;
                if (at + 2 <= bytes.Length)
                    MemoryMarshal.Write(bytes.AsSpan(at), Lengths[_random.Next(Lengths.Length)]);
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes, .. Pick()];
            default: // a piece of another one in the middle
                var other = Pick();
                var from = _random.Next(other.Length);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + _random.Next(64))], .. bytes[at..]];
        }
    }
}
