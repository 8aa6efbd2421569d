using System.Globalization;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// A program of classic BPF that the kernel runs for each datagram before it is queued for a socket (<c>SO_ATTACH_FILTER</c>): what it drops neither wakes anybody nor
/// takes room in the receive buffer. Made with <see cref="SocketFilterBuilder"/>, immutable, and safe to share between sockets.
/// </summary>
public sealed class SocketFilter
{
    /// <summary>The longest program that the kernel takes (<c>BPF_MAXINSNS</c>).</summary>
    public const int MaximumLength = 4096;

    private readonly sock_filter[] _instructions;

    /// <summary>A program as it is.</summary>
    /// <param name="instructions">The kernel checks them, and refuses (EINVAL) what could run on for ever or never end.</param>
    /// <exception cref="ArgumentException">There are none, or more than <see cref="MaximumLength"/>.</exception>
    public SocketFilter(ReadOnlySpan<sock_filter> instructions)
    {
        if (instructions.IsEmpty || instructions.Length > MaximumLength)
            throw new ArgumentException($"A socket filter has 1 to {MaximumLength} instructions, not {instructions.Length}.", nameof(instructions));
        _instructions = instructions.ToArray();
    }

    /// <summary>The instructions.</summary>
    public ReadOnlySpan<sock_filter> Instructions => _instructions;

    /// <summary>As tools list it (<c>bpf_dbg</c>, <c>ss -b</c>): how many there are, and code, jumps and operand of each.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_instructions.Length},{string.Join(',', _instructions.Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i.code} {i.jt} {i.jf} {i.k}")))}");
}
