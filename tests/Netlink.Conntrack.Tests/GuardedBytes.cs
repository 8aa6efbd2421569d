using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Memory that ends where a page ends that must not be touched: reading one byte too far ends the process.</summary>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int Room = 64 * 1024;
    private const int Page = 4096;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* _start;

    public GuardedBytes()
    {
        _start = (byte*)MemoryMap(0, Room + Page, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_start == -1 || Protect((nint)(_start + Room), Page, 0) != 0)
            throw new InvalidOperationException($"mmap or mprotect: errno {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>The bytes, at the very end.</summary>
    public ReadOnlySpan<byte> Put(ReadOnlySpan<byte> bytes)
    {
        var room = new Span<byte>(_start + Room - bytes.Length, bytes.Length);
        bytes.CopyTo(room);
        return room;
    }

    public void Dispose() => _ = Unmap((nint)_start, Room + Page);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MemoryMap(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nint length);
}
