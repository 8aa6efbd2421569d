using VffNetlink.Uapi;

namespace VffNetlink.Tests;

public class MessageReaderTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("10000000" + "1000" + "0000" + "0000000000000000", 1)]
    [InlineData("11000000" + "1000" + "0000" + "0000000000000000" + "aa", 1)] // the last one lacks its padding
    [InlineData("11000000" + "1000" + "0000" + "0000000000000000" + "aa000000", 1)]
    [InlineData("11000000" + "1000" + "0000" + "0000000000000000" + "aa000000" + "10000000" + "1100" + "0000" + "0000000000000000", 2)]
    public void Messages_Are_Walked_To_The_End(string hex, int count)
    {
        var walked = 0;
        foreach (var message in new MessageReader(Convert.FromHexString(hex)))
        {
            Assert.Equal(16 + walked, message.Type);
            walked++;
        }

        Assert.Equal(count, walked);
    }

    [Theory]
    [InlineData("10", "A datagram ends in 1 bytes; a message header needs 16.")]
    [InlineData("10000000" + "1000" + "0000" + "00000000000000", "A datagram ends in 15 bytes; a message header needs 16.")]
    [InlineData("0f000000" + "1000" + "0000" + "0000000000000000", "A message says that it has 15 bytes; 16 are left in its datagram.")]
    [InlineData("00000000" + "1000" + "0000" + "0000000000000000", "A message says that it has 0 bytes; 16 are left in its datagram.")]
    [InlineData("11000000" + "1000" + "0000" + "0000000000000000", "A message says that it has 17 bytes; 16 are left in its datagram.")]
    [InlineData("ffffffff" + "1000" + "0000" + "0000000000000000", "A message says that it has 4294967295 bytes; 16 are left in its datagram.")]
    public void Malformed_Message_Ends_The_Walk(string hex, string message)
    {
        var reader = new MessageReader(Convert.FromHexString(hex));
        var told = "";
        try
        {
            reader.MoveNext();
        }
        catch (NetlinkFormatException exception)
        {
            told = exception.Message;
        }

        Assert.Equal(message, told);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Message_Too_Short_For_Its_Header_Says_What_It_Has_And_Needs()
    {
        var reader = new MessageReader(Convert.FromHexString("18000000100000000000000000000000" + "0000000000000000"));
        Assert.True(reader.MoveNext());
        Assert.Equal(8, reader.Current.Payload.Length);
        Assert.Equal("A message of type 16 has 8 bytes behind its header; ifinfomsg needs 16.", Told(reader.Current, static m => m.ReadHeader<ifinfomsg>()));
        Assert.Equal("A message of type 16 has 8 bytes behind its header; ifinfomsg needs 16.", Told(reader.Current, static m => m.Attributes<ifinfomsg, IFLA>()));
        Assert.False(reader.Current.Attributes<ifaddrmsg, IFA>().MoveNext());
    }

    [Fact]
    public void Attributes_Are_Walked_Whatever_Their_Flags_And_Numbers()
    {
        var reader = Attributes("0500" + "0100" + "aa000000" + "0800" + "0280" + "01020304" + "0600" + "0340" + "0102" + "0000" + "0400" + "e703");
        var ids = new List<(IFA Id, bool Nested, string Payload)>();
        foreach (var a in reader)
            ids.Add((a.Id, a.IsFlaggedNest, Convert.ToHexString(a.Payload)));
        Assert.Equal([(IFA.IFA_ADDRESS, false, "AA"), (IFA.IFA_LOCAL, true, "01020304"), (IFA.IFA_LABEL, false, "0102"), ((IFA)999, false, "")], ids);
    }

    [Theory]
    [InlineData("0400" + "0100" + "0000", 1)] // stray padding
    [InlineData("0500" + "0100" + "aa", 1)] // the last one lacks its padding
    [InlineData("000000", 0)]
    public void Ends_That_Are_No_Attribute_End_The_Walk(string hex, int count)
    {
        var walked = 0;
        foreach (var a in Attributes(hex))
        {
            Assert.Equal(IFA.IFA_ADDRESS, a.Id);
            walked++;
        }

        Assert.Equal(count, walked);
    }

    [Theory]
    [InlineData("03000100", "Attribute IFA_ADDRESS of IFA says that it has 3 bytes; 4 are left in its container.")]
    [InlineData("00000280", "Attribute IFA_LOCAL of IFA says that it has 0 bytes; 4 are left in its container.")]
    [InlineData("0900e70301020304", "Attribute 999 of IFA says that it has 9 bytes; 8 are left in its container.")]
    public void Malformed_Attribute_Is_Told_By_Name(string hex, string message)
    {
        var told = "";
        try
        {
            Attributes(hex).MoveNext();
        }
        catch (NetlinkFormatException exception)
        {
            told = exception.Message;
        }

        Assert.Equal(message, told);
    }

    [Fact]
    public void Last_Of_Several_Attributes_With_One_Number_Counts()
    {
        var reader = Attributes("0500" + "0100" + "01000000" + "0500" + "0200" + "07000000" + "0500" + "0100" + "02000000");
        Assert.True(reader.TryFind(IFA.IFA_ADDRESS, out var found));
        Assert.Equal(2, found.ReadByte());
        Assert.False(reader.TryFind(IFA.IFA_LABEL, out _));
        Assert.Equal(24, reader.Rest.Length);
    }

    [Fact]
    public void Values_Are_Read_In_Both_Byte_Orders_And_Lengths_Are_Exact()
    {
        Assert.Equal(0x0102, First("0600" + "0100" + "0201" + "0000", static a => a.ReadUInt16()));
        Assert.Equal(0x0201, First("0600" + "0100" + "0201" + "0000", static a => a.ReadUInt16BigEndian()));
        Assert.Equal(0x01020304u, First("0800" + "0100" + "04030201", static a => a.ReadUInt32()));
        Assert.Equal(0x04030201u, First("0800" + "0100" + "04030201", static a => a.ReadUInt32BigEndian()));
        Assert.Equal(-2, First("0800" + "0100" + "feffffff", static a => a.ReadInt32()));
        Assert.Equal(0x0102030405060708u, First("0c00" + "0100" + "0807060504030201", static a => a.ReadUInt64()));
        Assert.Equal(0x0807060504030201u, First("0c00" + "0100" + "0807060504030201", static a => a.ReadUInt64BigEndian()));
        Assert.Equal("ab", First("0800" + "0100" + "61620063", static a => a.ReadString()));
        Assert.Equal("ab", First("0600" + "0100" + "6162", static a => a.ReadString()));
        Assert.Equal("a\ufffd", First("0600" + "0100" + "61ff", static a => a.ReadString()));
        Assert.Equal("Attribute IFA_ADDRESS has a payload of 4 bytes; 8 were expected.",
            Assert.Throws<NetlinkFormatException>(() => First("0800" + "0100" + "04030201", static a => a.ReadUInt64())).Message);
    }

    [Fact]
    public void Structs_Of_Newer_And_Older_Kernels_Are_Read_As_Far_As_Both_Know_Them()
    {
        Assert.Equal((2, 0x08070605u), First("1000" + "0100" + "02000000" + "05060708" + "ffffffff", static a => Both(a.ReadStruct<ifaddrmsg>())));
        Assert.Equal((2, 0u), First("0800" + "0100" + "02000000", static a => Both(a.ReadStruct<ifaddrmsg>(minimum: 4))));
        Assert.Equal((2, 0x0605u), First("0a00" + "0100" + "02000000" + "0506", static a => Both(a.ReadStruct<ifaddrmsg>(minimum: 4))));
        Assert.Contains("has a payload of 4 bytes; 8 were expected",
            Assert.Throws<NetlinkFormatException>(() => First("0800" + "0100" + "02000000", static a => a.ReadStruct<ifaddrmsg>())).Message, StringComparison.Ordinal);
        Assert.Contains("has a payload of 3 bytes; 4 were expected",
            Assert.Throws<NetlinkFormatException>(() => First("0700" + "0100" + "020000", static a => a.ReadStruct<ifaddrmsg>(minimum: 4))).Message, StringComparison.Ordinal);

        static (int, uint) Both(ifaddrmsg header) => (header.ifa_family, header.ifa_index);
    }

    private delegate T Reader<T>(NetlinkAttribute<IFA> attribute);

    private delegate void MessageAction(NetlinkMessage message);

    private static AttributeReader<IFA> Attributes(string hex) => new(Convert.FromHexString(hex));

    private static T First<T>(string hex, Reader<T> read)
    {
        var reader = Attributes(hex);
        Assert.True(reader.MoveNext());
        return read(reader.Current);
    }

    private static string Told(NetlinkMessage message, MessageAction action)
    {
        try
        {
            action(message);
            return "";
        }
        catch (NetlinkFormatException exception)
        {
            return exception.Message;
        }
    }
}
