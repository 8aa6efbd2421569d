using System.Buffers;

namespace VffNetlink.Route;

/// <summary>The bytes of one request: the caller's stack where they suffice, else the shared pool's.</summary>
internal readonly ref struct RequestBuffer
{
    /// <summary>What to bring along.</summary>
    public const int OnStack = 1024;

    private readonly byte[]? _rented;

    public RequestBuffer(Span<byte> stack, int room)
    {
        _rented = room <= stack.Length ? null : ArrayPool<byte>.Shared.Rent(room);
        Span = _rented ?? stack;
    }

    public Span<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
