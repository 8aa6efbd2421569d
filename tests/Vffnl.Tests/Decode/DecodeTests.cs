using System.Buffers.Binary;

namespace Vffnl.Tests.Decode;

/// <summary>Captured bytes in every form that people have them in.</summary>
public sealed class DecodeTests : IDisposable
{
    // RTM_GETLINK of "lo", acknowledged.
    private const string GetLink = "280000001200050007000000000000000000000000000000000000000000000007000300 6c6f0000";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"vffnl-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("280000001200050007000000000000000000000000000000000000000000000007000300" + "6c6f0000")]
    [InlineData("28:00:00:00 12:00 05:00 07000000 00000000\n00000000 00000000 00000000 00000000\t0700 0300 6C6F 0000")]
    public void Digits_On_The_Command_Line(string hex) => AssertGetLink(Tool.Run("decode", hex));

    [Fact]
    public void Digits_In_A_File_With_Comments()
    {
        File.WriteAllText(_file, $"# ip link get lo\n{GetLink} # so it was\n\n");
        AssertGetLink(Tool.Run("decode", _file));
    }

    [Fact]
    public void Bytes_In_A_File()
    {
        File.WriteAllBytes(_file, Bytes);
        AssertGetLink(Tool.Run("decode", _file));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Captures_Tell_The_Protocol(bool isLittle)
    {
        File.WriteAllBytes(_file, [.. Header(isLittle, 253), .. Packet(isLittle, 0, Bytes), .. Packet(isLittle, 12, Convert.FromHexString("1c000000" + "0101" + "0100" + "00000000" + "00000000" + "02000000" + "00000000"))]);
        var (code, output, error) = Tool.Run("decode", _file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("RTM_GETLINK", output, StringComparison.Ordinal);
        Assert.Contains("\nIPCTNL_MSG_CT_GET", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1u, 0, "link type 1,")]
    [InlineData(253u, 1, "cut in its packet 1")]
    [InlineData(253u, 45, "cut in its packet 1")]
    public void What_Is_No_Whole_Capture_Is_2(uint type, int missing, string told)
    {
        byte[] capture = [.. Header(true, type), .. Packet(true, 0, Bytes)];
        File.WriteAllBytes(_file, capture[..^missing]);
        var (code, output, error) = Tool.Run("decode", _file);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("28000000 1200050g", "character 17 is no digit")]
    [InlineData("# ip link get lo\n28000000\n12000x00", "character 6 of line 3 is no digit")]
    [InlineData("280", "a digit is missing")]
    [InlineData("Netlink, told in words", "character 1 is no digit")]
    [InlineData("# nothing but this\n", "there is nothing")]
    [InlineData("", "there is nothing")]
    public void Text_With_A_Mistake_Is_2_And_Not_Taken_For_Messages(string text, string told)
    {
        File.WriteAllText(_file, text);
        Assert.Equal((2, "", $"vffnl: {_file} has text that is no bytes in hexadecimal: {told}\n"), Tool.Run("decode", _file));
    }

    [Fact]
    public void A_Capture_Of_Another_Form_Is_2()
    {
        File.WriteAllBytes(_file, [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, .. Enumerable.Repeat((byte)0xff, 8), 28, 0, 0, 0]);
        var (code, output, error) = Tool.Run("decode", _file);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("pcapng", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Protocol_Can_Be_Told()
    {
        var conntrack = "1c0000000101010000000000000000000200000000000000";
        Assert.DoesNotContain("IPCTNL", Tool.Run("decode", conntrack).Output, StringComparison.Ordinal);
        Assert.Contains("IPCTNL_MSG_CT_GET", Tool.Run("decode", conntrack, "--protocol", "netfilter").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_That_Make_No_Sense_Are_Told_As_Such()
    {
        var (code, output, _) = Tool.Run("decode", "0011");
        Assert.Equal((0, "no message: (2 bytes) 0011\n"), (code, output));
    }

    private static byte[] Bytes => Convert.FromHexString(GetLink.Replace(" ", "", StringComparison.Ordinal));

    private static void AssertGetLink((int ExitCode, string Output, string Error) run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("RTM_GETLINK len 40 flags NLM_F_REQUEST|NLM_F_ACK seq 7 pid 0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("IFLA_IFNAME \"lo\"\n", run.Output, StringComparison.Ordinal);
    }

    private static byte[] Header(bool isLittle, uint type) => [.. Number(isLittle, 0xa1b2c3d4), 0, 2, 0, 4, .. new byte[8], .. Number(isLittle, 65535), .. Number(isLittle, type)];

    private static byte[] Packet(bool isLittle, byte protocol, byte[] bytes) =>
        [.. new byte[8], .. Number(isLittle, (uint)bytes.Length + 16), .. Number(isLittle, (uint)bytes.Length + 16), .. new byte[15], protocol, .. bytes];

    private static byte[] Number(bool isLittle, uint number)
    {
        var bytes = new byte[4];
        if (isLittle)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
