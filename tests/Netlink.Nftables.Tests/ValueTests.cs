using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Registers, data types, keys, user data.</summary>
public class ValueTests
{
    [Fact]
    public void Registers_Have_The_Numbers_That_The_Kernel_Reports()
    {
        Assert.Equal(NFT_REG.NFT_REG_VERDICT, NftRegister.Verdict.Number);
        Assert.Equal(NFT_REG.NFT_REG_1, NftRegister.R1.Number);
        Assert.Equal([1u, 9, 10, 11, 2, 13, 14, 15, 3, 17, 18, 19, 4, 21, 22, 23], Enumerable.Range(0, 16).Select(static i => (uint)NftRegister.Word(i).Number));
        Assert.Equal(NftRegister.R3, NftRegister.Word(8));
        Assert.Equal(NftRegister.R4, NftRegister.R1.After(48));
        Assert.Equal(NftRegister.Word(1), NftRegister.R1.After(1));
        Assert.Equal(NftRegister.Word(2), NftRegister.R1.After(5));
        Assert.True(default(NftRegister).IsVerdict);
        Assert.Throws<ArgumentOutOfRangeException>(() => NftRegister.R4.After(16));
        Assert.Throws<ArgumentOutOfRangeException>(() => NftRegister.Word(16));
        Assert.Equal("reg 9", NftRegister.Word(1).ToString());
    }

    [Theory]
    [InlineData("ipv4_addr", 7, 4)]
    [InlineData("ipv6_addr", 8, 16)]
    [InlineData("ether_addr", 9, 6)]
    [InlineData("inet_proto", 12, 1)]
    [InlineData("inet_service", 13, 2)]
    [InlineData("mark", 19, 4)]
    [InlineData("classid", 23, 4)]
    [InlineData("ifname", 41, 16)]
    public void Data_Types_Are_Nfts(string name, uint number, int length)
    {
        Requires.Tool("nft");
        var type = new NftDataType(number);
        Assert.Equal(name, type.ToString());
        Assert.Equal(length, type.Length);
        using var scratch = new Scratch();
        scratch.Listing("add", "table", "inet", "t");
        scratch.Listing($"add set inet t s {{ type {name}; }}");
        var set = scratch.Nft.FindSet(new NftSetName(NftFamily.Inet, "t", "s"))!;
        Assert.Equal(type, set.KeyType);
        Assert.Equal(length, set.KeyLength);
    }

    [Fact]
    public void Concatenations_Are_Nfts_Numbers()
    {
        var type = NftDataType.Concat(NftDataType.Ipv6Addr, NftDataType.EtherAddr, NftDataType.InetProto);
        Assert.Equal((8u << 12) | (9u << 6) | 12, type.Number);
        Assert.Equal("ipv6_addr . ether_addr . inet_proto", type.ToString());
        Assert.Equal(16 + 8 + 4, type.Length);
        Assert.True(type.IsConcatenation);
        Assert.False(NftDataType.Verdict.IsConcatenation);
        Assert.Equal("verdict", NftDataType.Verdict.ToString());
        Assert.Equal(0, NftDataType.Concat(NftDataType.Mark, new NftDataType(5)).Length);
        Assert.Equal("63", new NftDataType(63).ToString());
        Assert.Throws<ArgumentException>(() => NftDataType.Concat(NftDataType.Mark));
        Assert.Throws<ArgumentException>(() => NftDataType.Concat(NftDataType.Mark, NftDataType.Verdict));
        Assert.Throws<ArgumentException>(() => NftDataType.Concat(NftDataType.Mark, default));
        Assert.Throws<ArgumentException>(() => NftDataType.Concat(NftDataType.Mark, type));
    }

    [Fact]
    public void Key_Parts_Take_Whole_Words_Padded_With_Zeros()
    {
        var buffer = new byte[NftKeyWriter.MaximumLength];
        buffer.AsSpan().Fill(0xee);
        var key = new NftKeyWriter(buffer);
        key.Put(InetAddress.Parse("192.0.2.1"));
        key.Put(IpProtocol.Tcp);
        key.PutBigEndian(443);
        key.Put(0x01020304u);
        key.Put([1, 2, 3, 4, 5]);
        var mark = Convert.ToHexString(BitConverter.GetBytes(0x01020304u));
        Assert.Equal("C0000201" + "06000000" + "01BB0000" + mark + "0102030405000000", Convert.ToHexString(key.Key));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var full = new NftKeyWriter(new byte[4]);
            full.Put((byte)1);
            full.Put((byte)2);
        });
    }

    [Fact]
    public void User_Data_Keep_Their_Entries()
    {
        var data = default(NftUserData).WithString(NftUserData.CommentType, "hello").With(0x76, [1, 2, 3]);
        Assert.Equal("00 06 68 65 6C 6C 6F 00 76 03 01 02 03".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(data.Bytes));
        Assert.Equal("hello", data.GetString(NftUserData.CommentType));
        Assert.True(data.TryGet(0x76, out var value));
        Assert.Equal([1, 2, 3], value.ToArray());
        Assert.False(data.TryGet(1, out _));
        Assert.Equal(data, new NftUserData(data.Bytes));
        Assert.Equal("760301" + "0203", Convert.ToHexString(data.WithString(NftUserData.CommentType, null).Bytes));
        Assert.Null((Rulesets.Inet with { Comment = null }).Comment);
        Assert.Equal("b", ((Rulesets.Inet with { Comment = "a" }) with { Comment = "b" }).Comment);
        Assert.Throws<ArgumentException>(() => default(NftUserData).With(1, new byte[255]));
        Assert.Throws<ArgumentException>(() => default(NftUserData).WithString(0, "a\0b"));
        Assert.Throws<ArgumentException>(() => NftUserData.Put(new byte[3], 1, [1, 2]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0005414243")]
    [InlineData("FF")]
    public void Bytes_That_Are_No_User_Data_Have_No_Entries(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.False(NftUserData.TryGet(bytes, 0, out _));
        Assert.Null(new NftUserData(bytes).GetString(0));
        Assert.Equal(bytes, new NftUserData(bytes).Bytes.ToArray());
    }

    [Fact]
    public void Data_Compare_By_Content()
    {
        Assert.Equal(NftData.UInt16BigEndian(443), new NftData([1, 0xbb]));
        Assert.NotEqual(NftData.Byte(1), new NftData([1, 0]));
        Assert.Equal(new NftData(NftVerdict.Jump("a")), new NftData(NftVerdict.Jump("a")));
        Assert.NotEqual(new NftData(NftVerdict.Jump("a")), new NftData(NftVerdict.Goto("a")));
        Assert.Equal(16, NftData.DeviceName("eth0").Bytes.Length);
        Assert.Equal("0x01bb", NftData.UInt16BigEndian(443).ToString());
        Assert.Throws<ArgumentException>(() => NftData.DeviceName("a-name-with-16-b"));
        Assert.Throws<ArgumentException>(() => NftData.DeviceName(""));
        Assert.Throws<ArgumentException>(() => new NftData([]));
        Assert.Throws<ArgumentException>(() => new NftData(new byte[65]));
    }
}
