using System.Text;
using VffNetlink.Testing;
using VffQos.Sources;
using VffQos.Sources.Xray;

namespace VffQos.Tests.Sources.Xray;

public class XrayLineTests
{
    // Every form of an accepted line of Xray 1.8.24 and later: what comes before the client's address depends on the inbound's
    // protocol, what comes after the destination on routing, and microseconds came with 25.1.30.
    [Theory]
    [InlineData("2026/11/21 10:00:00.123456 from 203.0.113.7:50123 accepted tcp:example.org:443 [vless-in -> direct] email: alice@example.com", "203.0.113.7:50123", "Unknown", "alice@example.com")]
    [InlineData("2026/11/21 10:00:00.123456 from udp:[2001:db8::2]:41000 accepted udp:1.1.1.1:53 [hy2-in -> direct] email: bob", "[2001:db8::2]:41000", "Udp", "bob")]
    [InlineData("2026/11/21 10:00:00 from tcp:198.51.100.9:2000 accepted tcp:example.org:80 email: carol@free.example", "198.51.100.9:2000", "Tcp", "carol@free.example")]
    [InlineData("2026/11/21 10:00:00 from [2001:db8::2]:41000 accepted tcp:[2001:db8::9]:443 [in >> out] email: bob", "[2001:db8::2]:41000", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted udp:8.8.8.8:53 [in ==> out] email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted tcp:example.org:443 [out] email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted tcp:example.org:443 [in -> out] some reason email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted http://example.org/x?y=z [in -> out] email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted //example.org:443 email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:50123 accepted  email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from [::ffff:203.0.113.7]:50123 accepted tcp:a:1 email: bob", "203.0.113.7:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from [fe80::1%eth0]:50123 accepted tcp:a:1 email: bob", "[fe80::1]:50123", "Unknown", "bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: Иван Петров", "203.0.113.7:1", "Unknown", "Иван Петров")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bob\r", "203.0.113.7:1", "Unknown", "bob")]
    [InlineData("xray  | 2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bob", "203.0.113.7:1", "Unknown", "bob")]
    [InlineData("[node-1] 2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bob", "203.0.113.7:1", "Unknown", "bob")]
    public void Accepted_NamesClientTransportAndUser(string text, string client, string transport, string user)
    {
        Assert.True(XrayLine.TryParse(Encoding.UTF8.GetBytes(text), out var line));
        Assert.Equal(XrayLineVerdict.Accepted, line.Verdict);
        Assert.Equal(client, line.Client.ToString());
        Assert.Equal(transport, line.Transport.ToString());
        Assert.Equal(user, Encoding.UTF8.GetString(line.User));
    }

    [Theory]
    // Xray's own queries, inbounds without users, refused connections.
    [InlineData("2026/11/21 10:00:00 from DNS accepted https://1.1.1.1/dns-query [dns -> direct]", "NoUser")]
    [InlineData("2026/11/21 10:00:00 localhost got answer: example.org -> [192.0.2.1] 23ms", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:example.org:443 [socks-in -> direct]", "NoUser")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:example.org:443 email: ", "NoUser")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:example.org:443 email:bob", "NoUser")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 rejected  proxy/vless/encoding: invalid request version", "Rejected")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 rejected tcp:a accepted tcp:b email: bob", "Rejected")]
    // No line of an access log, or half of one.
    [InlineData("", "NotAccess")]
    [InlineData("\r", "NotAccess")]
    [InlineData(" from ", "NotAccess")]
    [InlineData(" from x", "NotAccess")]
    [InlineData("from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1  accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 acceptedtcp:a:1 email: bob", "NotAccess")]
    // A TLS server name or a path in a general message, where both logs go to one place.
    [InlineData("2026/11/21 10:00:00 [Info] [123] proxy/vless/inbound: realName = x from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 [Debug] realPath = / from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 [Warning] x from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 [Error] x from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 [Unknown] x from 203.0.113.7:1 accepted tcp:a:1 email: bob", "NotAccess")]
    // Clients without a flow.
    [InlineData("2026/11/21 10:00:00 from @ accepted tcp:a:1 email: bob", "LocalClient")]
    [InlineData("2026/11/21 10:00:00 from unix:@ accepted tcp:a:1 email: bob", "LocalClient")]
    [InlineData("2026/11/21 10:00:00 from unix:/run/front.sock accepted tcp:a:1 email: bob", "LocalClient")]
    [InlineData("2026/11/21 10:00:00 from 127.0.0.1:1 accepted tcp:a:1 email: bob", "LocalClient")]
    [InlineData("2026/11/21 10:00:00 from tcp:[::1]:1 accepted tcp:a:1 email: bob", "LocalClient")]
    [InlineData("2026/11/21 10:00:00 from  accepted tcp:a:1 email: bob", "BadClient")]
    [InlineData("2026/11/21 10:00:00 from unknown: accepted tcp:a:1 email: bob", "BadClient")]
    [InlineData("2026/11/21 10:00:00 from tcp:udp:203.0.113.7:1 accepted tcp:a:1 email: bob", "BadClient")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:0 accepted tcp:a:1 email: bob", "BadClient")]
    [InlineData("2026/11/21 10:00:00 from example.org:1 accepted tcp:a:1 email: bob", "BadClient")]
    [InlineData("2026/11/21 10:00:00 from 239.1.1.1:1 accepted tcp:a:1 email: bob", "BadClient")]
    // log.maskAddress of Xray: half or quarter, and full.
    [InlineData("2026/11/21 10:00:00 from 203.0.*.*:1 accepted tcp:a:1 email: bob", "MaskedClient")]
    [InlineData("2026/11/21 10:00:00 from tcp:203.*.*.*:1 accepted tcp:a:1 email: bob", "MaskedClient")]
    [InlineData("2026/11/21 10:00:00 from udp:[2001:db8::/32]:1 accepted tcp:a:1 email: bob", "MaskedClient")]
    [InlineData("2026/11/21 10:00:00 from [Masked IPv4]:1 accepted tcp:a:1 email: bob", "MaskedClient")]
    [InlineData("2026/11/21 10:00:00 from tcp:[Masked IPv6]:1 accepted tcp:a:1 email: bob", "MaskedClient")]
    [InlineData("2026/11/21 10:00:00 from [Masked IPv4]:1 rejected  x email: bob", "Rejected")]
    [InlineData("2026/11/21 10:00:00 from [Masked", "NotAccess")]
    [InlineData("2026/11/21 10:00:00 from [Masked x", "NotAccess")]
    // Control characters anywhere; of the user's also those beyond ASCII.
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a\0b:1 email: bob", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: b\u001b[31mob", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bob\u007f", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bo\rb", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: bob\r\r", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: b\u0085ob", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: §b\u009b", "ControlCharacters")]
    [InlineData("2026/11/21 10:00:00\tx from 203.0.113.7:1 accepted tcp:a:1 email: bob", "ControlCharacters")]
    public void Others_DoNotCountAndSayWhy(string text, string verdict)
    {
        Assert.False(XrayLine.TryParse(Encoding.UTF8.GetBytes(text), out var line));
        Assert.Equal(verdict, line.Verdict.ToString());
    }

    [Theory]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:x from 198.51.100.1:9 accepted tcp:y email: mallory [in -> out] email: bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:x email: mallory email: bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted  email:  email: bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted http://x/ rejected [a -> b] email: mallory email: bob")]
    [InlineData("2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:x [Info] y email: bob")]
    public void HostileText_ChangesNeitherClientNorUser(string text)
    {
        Assert.True(XrayLine.TryParse(Encoding.UTF8.GetBytes(text), out var line));
        Assert.Equal("203.0.113.7:1", line.Client.ToString());
        Assert.Equal("bob", Encoding.UTF8.GetString(line.User));
    }

    [Fact]
    public void User_OfTheMaximumCountsAndOneByteMoreDoesNot()
    {
        var head = "2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: ";
        Assert.True(XrayLine.TryParse(Encoding.UTF8.GetBytes(head + new string('я', 128)), out var line));
        Assert.Equal(256, line.User.Length);
        Assert.False(XrayLine.TryParse(Encoding.UTF8.GetBytes(head + new string('я', 128) + "x"), out line));
        Assert.Equal(XrayLineVerdict.BadUser, line.Verdict);
        Assert.True(line.User.IsEmpty);
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc2 })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0x9b })]
    public void User_ThatIsNoUtf8_DoesNotCount(byte[] user)
    {
        byte[] text = [.. "2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:a:1 email: b"u8, .. user];
        Assert.False(XrayLine.TryParse(text, out var line));
        Assert.Equal(XrayLineVerdict.BadUser, line.Verdict);
    }

    [Fact]
    public void Destination_ThatIsNoUtf8_HarmsNothing()
    {
        byte[] text = [.. "2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:"u8, 0xff, 0xfe, .. ":1 email: bob"u8];
        Assert.True(XrayLine.TryParse(text, out _));
    }

    [Fact]
    public void Line_OfTheMaximumCountsAndOneByteMoreDoesNot()
    {
        var head = "2026/11/21 10:00:00 from 203.0.113.7:1 accepted tcp:";
        var tail = " email: bob";
        var text = Encoding.UTF8.GetBytes(head + new string('x', XrayLine.MaxLength - head.Length - tail.Length) + tail);
        Assert.True(XrayLine.TryParse(text, out _));
        Assert.False(XrayLine.TryParse([.. text, (byte)'x'], out var line));
        Assert.Equal(XrayLineVerdict.Overlong, line.Verdict);
    }

    [Fact]
    public void LocalClient_StillNamesItsUser()
    {
        Assert.False(XrayLine.TryParse("2026/11/21 10:00:00 from 127.0.0.1:7 accepted tcp:a:1 email: bob"u8, out var line));
        Assert.Equal("bob", Encoding.UTF8.GetString(line.User));
        Assert.Equal("127.0.0.1:7", line.Client.ToString());
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        byte[][] texts =
        [
            Encoding.UTF8.GetBytes("2026/11/21 10:00:00.123456 from 203.0.113.7:50123 accepted tcp:example.org:443 [vless-in -> direct] email: alice@example.com"),
            Encoding.UTF8.GetBytes("2026/11/21 10:00:00.123456 from udp:[2001:db8::2]:41000 accepted udp:1.1.1.1:53 [hy2-in -> direct] email: bob"),
            Encoding.UTF8.GetBytes("2026/11/21 10:00:00 [Info] from somewhere"),
        ];
        var accepted = 0;
        Allocations.None(() =>
        {
            foreach (var text in texts)
            {
                if (XrayLine.TryParse(text, out var line) && line.Client.Port != 0)
                    accepted++;
            }
        });
        Assert.True(accepted > 20_000);
    }

    [Fact]
    public void TransportOfTheDestination_IsNotTheClients()
    {
        Assert.True(XrayLine.TryParse("2026/11/21 10:00:00 from 203.0.113.7:1 accepted udp:a:1 email: bob"u8, out var line));
        Assert.Equal(ClientTransport.Unknown, line.Transport);
    }
}
