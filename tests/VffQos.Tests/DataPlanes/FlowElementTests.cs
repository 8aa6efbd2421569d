using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffNetlink.Tc;
using VffQos.DataPlanes;
using VffQos.Shaping;

namespace VffQos.Tests.DataPlanes;

public class FlowElementTests
{
    [Theory]
    [InlineData("203.0.113.7", 50123, "192.0.2.1", 443, IpProtocol.Tcp, "cb007107" + "c0000201" + "06000000" + "c3cb0000" + "01bb0000")]
    [InlineData("2001:db8::2", 65535, "2001:db8::1", 1, IpProtocol.Udp, "20010db8000000000000000000000002" + "20010db8000000000000000000000001" + "11000000" + "ffff0000" + "00010000")]
    public void A_key_stands_as_it_does_in_the_registers(string source, int sourcePort, string destination, int port, IpProtocol protocol, string expected)
    {
        var tuple = new ConntrackTuple(protocol, new IPEndPoint(IPAddress.Parse(source), sourcePort), new IPEndPoint(IPAddress.Parse(destination), port));
        Span<byte> buffer = stackalloc byte[FlowElement.MaximumKey];
        Assert.Equal(expected, Convert.ToHexStringLower(FlowElement.WriteKey(buffer, tuple)));
    }

    [Theory]
    [InlineData(0u, "ct 0")]
    [InlineData(7u, "ct 7")]
    [InlineData(uint.MaxValue, "ct 4294967295")]
    public void The_connection_is_a_comment_that_nft_shows(uint id, string expected)
    {
        Span<byte> buffer = stackalloc byte[FlowElement.MaximumUserData];
        var userData = FlowElement.WriteUserData(buffer, id);
        Assert.Equal(expected, new NftUserData(userData).GetString(NftUserData.CommentType));
        Assert.Equal(0, userData[^1]);
    }

    [Theory]
    [InlineData("203.0.113.7", "192.0.2.1")]
    [InlineData("2001:db8::2", "2001:db8::1")]
    public void What_was_written_is_read_back(string source, string destination)
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var protocol = random.Next(2) == 0 ? IpProtocol.Tcp : IpProtocol.Udp;
            var tuple = new ConntrackTuple(protocol, new IPEndPoint(IPAddress.Parse(source), random.Next(65536)), new IPEndPoint(IPAddress.Parse(destination), random.Next(65536)));
            var (index, id) = ((ushort)random.Next(65536), (uint)random.NextInt64(1L << 32));
            Assert.True(FlowElement.TryRead(
                new NftElementView
                {
                    Key = FlowElement.WriteKey(new byte[FlowElement.MaximumKey], tuple),
                    Data = BitConverter.GetBytes(Ours.Class(Ours.IfbRoot, index).Value),
                    UserData = FlowElement.WriteUserData(new byte[FlowElement.MaximumUserData], id),
                },
                out var readTuple,
                out var readIndex,
                out var readId));
            Assert.Equal((tuple, index, id), (readTuple, readIndex, readId));
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(11, 4)]
    [InlineData(12, 4)]
    [InlineData(19, 4)]
    [InlineData(21, 4)]
    [InlineData(64, 4)]
    [InlineData(20, 0)]
    [InlineData(20, 8)]
    public void What_we_cannot_have_made_is_passed_over(int keyLength, int dataLength) =>
        Assert.False(FlowElement.TryRead(new NftElementView { Key = new byte[keyLength], Data = new byte[dataLength] }, out _, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("ct ")]
    [InlineData("ct x")]
    [InlineData("ct 4294967296")]
    [InlineData("somebody's")]
    public void A_comment_that_is_not_ours_names_no_connection(string comment)
    {
        var userData = new NftUserData().WithString(NftUserData.CommentType, comment);
        Assert.True(FlowElement.TryRead(new NftElementView { Key = new byte[20], Data = new byte[4], UserData = userData.Bytes }, out _, out _, out var id));
        Assert.Equal(0u, id);
    }
}
