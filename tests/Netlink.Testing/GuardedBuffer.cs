using System.Runtime.InteropServices;

namespace VffNetlink.Testing;

/// <summary>Bytes that end where readable memory ends: a read past them ends the test run, whatever bounds the reader believes in.</summary>
public sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapPrivate = 2;
    private const int MapAnonymous = 0x20;

    private readonly byte* _start;
    private readonly nint _readable;
    private readonly nint _guard = Environment.SystemPageSize;

    /// <summary>Room for so many bytes at most.</summary>
    public GuardedBuffer(int capacity)
    {
        _readable = (capacity + _guard - 1) / _guard * _guard;
        _start = (byte*)Map(0, _readable + _guard, ProtRead | ProtWrite, MapPrivate | MapAnonymous, -1, 0);
        if (_start == (byte*)-1 || Protect((nint)_start + _readable, _guard, 0) != 0)
            throw new InvalidOperationException("No guarded memory is to be had.");
    }

    /// <summary>The bytes, copied to the end of the memory; valid until the next call.</summary>
    public ReadOnlySpan<byte> Put(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, _readable);
        var place = new Span<byte>(_start + _readable - bytes.Length, bytes.Length);
        bytes.CopyTo(place);
        return place;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Unmap((nint)_start, _readable + _guard);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
