using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink.Testing;

namespace VffNetlink.Tests;

/// <summary>Addresses against the C library's <c>inet_pton</c> and <c>inet_ntop</c>, which every tool that prints netlink objects uses.</summary>
public partial class InetAddressTests
{
    private const int AddressFamily4 = 2;
    private const int AddressFamily6 = 10;

    public static TheoryData<string> Texts => new(
        "0.0.0.0", "192.0.2.1", "255.255.255.255", "127.0.0.1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.00", "1..2.3", "1.2.3.", ".1.2.3",
        "0x1.2.3.4", "1.2.3.4 ", "", "1", "::", "::1", "1::", "2001:db8::1", "2001:DB8:0:0:1:0:0:1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
        "1::3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "1::2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":", ":::", "1:", ":1", "1:::2", "1::2::3", "12345::",
        "::ffff:192.0.2.1", "::192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7:192.0.2.1", "::192.0.2.1:1", "::192.0.2", "::1.2.3.04", "fe80::1%eth0", "[::1]",
        "2001:db8:0:0:1::", "0:0:1::", "1:0:0:2:0:0:0:3", "1:0:2:0:3:0:4:0", "::ffff:0:0", "::fffe:1:2", "::1:0:0:0", "g::");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_Is_Read_As_The_C_Library_Reads_It(string text)
    {
        var expected = Reference(text);
        Assert.Equal(expected is not null, InetAddress.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.Equal(expected is not null, InetAddress.TryParse(text, out var fromChars));
        Assert.Equal(fromBytes, fromChars);
        Assert.Equal(expected ?? [], fromBytes.AsSpan().ToArray());
    }

    [Theory]
    [InlineData(0u, "0.0.0.0")]
    [InlineData(0xc0000201u, "192.0.2.1")]
    [InlineData(0xfffffffeu, "255.255.255.254")]
    public void Number_Is_The_Address_That_People_Write(uint number, string text)
    {
        var address = InetAddress.FromIPv4(number);
        Assert.Equal(InetAddress.Parse(text), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6")]
    public void Words_Lie_In_Memory_As_The_Bytes(string text)
    {
        var address = InetAddress.Parse(text);
        var (first, second) = address.Words;
        byte[] bytes = [.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(second)];
        Assert.Equal(address.AsSpan(), bytes.AsSpan(0, address.Length));
        Assert.Equal(-1, bytes.AsSpan(address.Length).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Any_Text_Is_Read_As_The_C_Library_Reads_It()
    {
        var random = new Random(20_261_121);
        const string Pieces = "0123456789abcdefF:::::....g% ";
        for (var i = 0; i < 200_000; i++)
        {
            // Half of it starts from something valid, so that the interesting edges are met.
            var text = new StringBuilder(random.Next(2) == 0 ? "" : Print(RandomBytes(random)));
            for (var edits = random.Next(4) + (text.Length == 0 ? 8 : 0); edits > 0; edits--)
            {
                var at = random.Next(text.Length + 1);
                if (random.Next(3) == 0 && at < text.Length)
                    text.Remove(at, 1);
                else
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
            }

            var input = text.ToString();
            Assert.True(
                (Reference(input) ?? []).AsSpan().SequenceEqual(InetAddress.TryParse(Encoding.UTF8.GetBytes(input), out var address) ? address.AsSpan() : []),
                $"\"{input}\" was read as {address}");
        }
    }

    [Fact]
    public void Any_Address_Is_Printed_As_The_C_Library_Prints_It_And_Read_Again()
    {
        var random = new Random(42);
        Span<byte> utf8 = stackalloc byte[45];
        Span<char> chars = stackalloc char[45];
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = RandomBytes(random);
            var address = new InetAddress(bytes);
            Assert.Equal(Print(bytes), address.ToString());
            Assert.True(address.TryFormat(utf8, out var written));
            Assert.Equal(address.ToString(), Encoding.ASCII.GetString(utf8[..written]));
            Assert.True(address.TryFormat(chars, out var charsWritten));
            Assert.Equal(address.ToString(), new string(chars[..charsWritten]));
            Assert.False(address.TryFormat(utf8[..(written - 1)], out _));
            Assert.Equal(address, InetAddress.Parse(utf8[..written]));
            Assert.Equal(new IPAddress(bytes), address.ToIPAddress());
            Assert.Equal(address, new InetAddress(new IPAddress(bytes)));
        }
    }

    [Fact]
    public void Family_Is_Part_Of_The_Value()
    {
        var four = InetAddress.Parse("192.0.2.1");
        var mapped = InetAddress.Parse("::ffff:192.0.2.1");
        var same = InetAddress.Parse("c000:201::");

        Assert.Equal((InetFamily.IPv4, 4), (four.Family, four.Length));
        Assert.Equal((InetFamily.IPv6, 16), (mapped.Family, mapped.Length));
        Assert.NotEqual(four, mapped);
        Assert.NotEqual(four, same);
        Assert.NotEqual(default, InetAddress.Parse("0.0.0.0"));
        Assert.NotEqual(InetAddress.Parse("::"), InetAddress.Parse("0.0.0.0"));
        Assert.Equal(four.GetHashCode(), new InetAddress(four.AsSpan()).GetHashCode());
        Assert.Equal("unspecified", default(InetAddress).ToString());
        Assert.Throws<InvalidOperationException>(() => default(InetAddress).ToIPAddress());
        Assert.Throws<ArgumentException>(() => new InetAddress(new byte[5]));
        Assert.Throws<FormatException>(() => InetAddress.Parse("192.0.2.1:443"));
    }

    [Fact]
    public void Scope_Is_Dropped() =>
        Assert.Equal(InetAddress.Parse("fe80::1"), new InetAddress(IPAddress.Parse("fe80::1%3")));

    [Fact]
    public void Reading_Printing_Comparing_And_Hashing_Allocate_Nothing()
    {
        var text = new byte[45];
        Allocations.None(() =>
        {
            if (!InetAddress.TryParse("2001:db8::192.0.2.1"u8, out var address) || !InetAddress.TryParse("192.0.2.1", out var other))
                throw new InvalidOperationException();
            _ = address.GetHashCode();
            if (address == other || !address.TryFormat(text, out _))
                throw new InvalidOperationException();
        });
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(3) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        // Zero groups are what IPv6's text is about.
        for (var i = 0; i < bytes.Length && bytes.Length == 16; i += 2)
        {
            if (random.Next(2) == 0)
                bytes.AsSpan(i, random.Next(1, 3)).Clear();
        }

        if (bytes.Length == 16 && random.Next(8) == 0)
        {
            bytes.AsSpan(0, 12).Clear();
            bytes.AsSpan(10, 2).Fill((byte)(random.Next(2) * 255));
        }

        return bytes;
    }

    private static byte[]? Reference(string text)
    {
        var bytes = new byte[16];
        return InetPton(AddressFamily4, text, bytes) == 1 ? bytes[..4] : InetPton(AddressFamily6, text, bytes) == 1 ? bytes : null;
    }

    private static string Print(byte[] bytes)
    {
        var text = new byte[64];
        Assert.NotEqual(0, InetNtop(bytes.Length == 4 ? AddressFamily4 : AddressFamily6, bytes, text, text.Length));
        return Encoding.ASCII.GetString(text.AsSpan(0, text.AsSpan().IndexOf((byte)0)));
    }

    [LibraryImport("libc", EntryPoint = "inet_pton", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int InetPton(int family, string text, [Out] byte[] bytes);

    [LibraryImport("libc", EntryPoint = "inet_ntop")]
    private static partial nint InetNtop(int family, byte[] bytes, [Out] byte[] text, int length);
}
