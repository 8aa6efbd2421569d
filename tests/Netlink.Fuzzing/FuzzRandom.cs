namespace VffNetlink.Fuzzing;

/// <summary>Random numbers that depend on a run's seed and a message's number alone, so that every message can be made again by itself.</summary>
internal struct FuzzRandom
{
    private ulong _state;

    /// <summary>The numbers of one message.</summary>
    public FuzzRandom(ulong seed, long message) => _state = Mix(seed) ^ Mix((ulong)message + 0x632be59bd9b4e019);

    /// <summary>Any 64 bits (splitmix64).</summary>
    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        return Mix(_state);
    }

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Whether it is this time, which it is once in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of several.</summary>
    public T Any<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Any bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            BitConverter.TryWriteBytes(bytes, Next());
        var rest = Next();
        for (var i = 0; i < bytes.Length; i++, rest >>= 8)
            bytes[i] = (byte)rest;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
