using System.Net;
using System.Text;
using VffQos.Sources;

namespace VffQos.Tests.Sources;

public class ClientEndpointTests
{
    [Theory]
    [InlineData("203.0.113.7:50123", "203.0.113.7:50123")]
    [InlineData("255.255.255.255:65535", "255.255.255.255:65535")]
    [InlineData("[2001:db8::2]:41000", "[2001:db8::2]:41000")]
    [InlineData("[2001:DB8:0:0:0:0:0:2]:1", "[2001:db8::2]:1")]
    [InlineData("[::]:1", "[::]:1")]
    [InlineData("[::1]:1", "[::1]:1")]
    [InlineData("[1::]:1", "[1::]:1")]
    [InlineData("[1:2:3:4:5:6:7::]:1", "[1:2:3:4:5:6:7:0]:1")]
    [InlineData("[::2:3:4:5:6:7:8]:1", "[0:2:3:4:5:6:7:8]:1")]
    [InlineData("[64:ff9b::192.0.2.33]:1", "[64:ff9b::c000:221]:1")]
    [InlineData("[1:2:3:4:5:6:192.0.2.33]:1", "[1:2:3:4:5:6:c000:221]:1")]
    [InlineData("[::ffff:203.0.113.7]:80", "203.0.113.7:80")]
    [InlineData("[::ffff:cb00:7107]:80", "203.0.113.7:80")]
    [InlineData("[fe80::1%eth0]:80", "[fe80::1]:80")]
    [InlineData("1.2.3.4:0", "1.2.3.4:0")]
    public void Endpoint_IsRead(string text, string expected)
    {
        Assert.True(ClientEndpoint.TryParse(Encoding.UTF8.GetBytes(text), out var endpoint));
        Assert.Equal(IPEndPoint.Parse(expected), IPEndPoint.Parse(endpoint.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":80")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4:")]
    [InlineData("1.2.3.4:65536")]
    [InlineData("1.2.3.4:99999")]
    [InlineData("1.2.3.4:000080")]
    [InlineData("1.2.3.4:8a")]
    [InlineData("1.2.3.4:-1")]
    [InlineData("1.2.3:80")]
    [InlineData("1.2.3.4.5:80")]
    [InlineData("1.2.3.256:80")]
    [InlineData("1.2.3.04:80")]
    [InlineData("01.2.3.4:80")]
    [InlineData("1.2..4:80")]
    [InlineData("1:80")]
    [InlineData("0x1.2.3.4:80")]
    [InlineData("2001:db8::2:443")]
    [InlineData("[]:80")]
    [InlineData("[%eth0]:80")]
    [InlineData("[fe80::1%]:80")]
    [InlineData("[1.2.3.4]:80")]
    [InlineData("[2001:db8::2:80")]
    [InlineData("2001:db8::2]:80")]
    [InlineData("[2001:db8::2] :80")]
    [InlineData("[:]:80")]
    [InlineData("[:::]:80")]
    [InlineData("[1:]:80")]
    [InlineData("[:1]:80")]
    [InlineData("[1::2::3]:80")]
    [InlineData("[1:2:3:4:5:6:7]:80")]
    [InlineData("[1:2:3:4:5:6:7:8:9]:80")]
    [InlineData("[1:2:3:4:5:6:7:8::]:80")]
    [InlineData("[::1:2:3:4:5:6:7:8]:80")]
    [InlineData("[12345::]:80")]
    [InlineData("[g::]:80")]
    [InlineData("[1:2:3:4:5:6:7:1.2.3.4]:80")]
    [InlineData("[::1.2.3.4:5]:80")]
    [InlineData("[::1.2.3]:80")]
    [InlineData("example.org:80")]
    public void Endpoint_ThatNoProgramPrints_IsRefused(string text)
    {
        Assert.False(ClientEndpoint.TryParse(Encoding.UTF8.GetBytes(text), out var endpoint));
        Assert.Equal(default, endpoint);
    }

    [Fact]
    public void EveryAddressThatDotNetPrints_IsReadAsTheSame()
    {
        var random = new Random(7);
        var bytes = new byte[16];
        for (var i = 0; i < 20_000; i++)
        {
            var isV4 = random.Next(3) == 0;
            random.NextBytes(bytes);
            // Runs of zeros, so that "::" comes in every place.
            for (var group = 0; group < 8; group++)
            {
                if (random.Next(2) == 0)
                    bytes[2 * group] = bytes[(2 * group) + 1] = 0;
            }

            var address = new IPAddress(bytes.AsSpan(0, isV4 ? 4 : 16));
            var text = new IPEndPoint(address, random.Next(65536)).ToString();
            Assert.True(ClientEndpoint.TryParse(Encoding.UTF8.GetBytes(text), out var endpoint), text);
            var expected = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            Assert.Equal(expected, endpoint.Address.ToIPAddress());
        }
    }

    [Theory]
    [InlineData("127.0.0.1:1", true, true)]
    [InlineData("127.9.9.9:1", true, true)]
    [InlineData("[::1]:1", true, true)]
    [InlineData("[::ffff:127.0.0.1]:1", true, true)]
    [InlineData("10.0.0.1:1", false, true)]
    [InlineData("[2001:db8::1]:1", false, true)]
    [InlineData("10.0.0.1:0", false, false)]
    [InlineData("0.0.0.0:1", false, false)]
    [InlineData("224.0.0.1:1", false, false)]
    [InlineData("239.255.0.1:1", false, false)]
    [InlineData("255.255.255.255:1", false, false)]
    [InlineData("[::]:1", false, false)]
    [InlineData("[ff02::1]:1", false, false)]
    public void Endpoint_KnowsWhatPacketsCanComeFrom(string text, bool isLoopback, bool canBeSource)
    {
        Assert.True(ClientEndpoint.TryParse(Encoding.UTF8.GetBytes(text), out var endpoint));
        Assert.Equal(isLoopback, endpoint.IsLoopback);
        Assert.Equal(canBeSource, endpoint.CanBeSource);
    }
}
