using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VffQos.Sources.Xray;
using VffQos.Users;

namespace VffQos.Tests.Sources.Xray;

/// <summary>Whatever a client puts into the text of its own choosing, client and user of the line stay Xray's.</summary>
public class XrayLinePropertyTests
{
    // The pieces that matter to a reader of such lines, mixed with any characters.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Elements(" from ", " accepted ", " rejected ", " email: ", "email:", " ", "[", "]", "->", "tcp:", "udp:", "198.51.100.1:9", "mallory", "[Info] ", "\r"),
        Gen.Choose(0x20, 0x2ff).Where(c => c is not (>= 0x7f and <= 0x9f)).Select(c => ((char)c).ToString()));

    private static readonly Gen<string> Hostile = Piece.ListOf().Select(pieces => string.Concat(pieces.Where(p => p != "\r")));

    private static readonly Gen<string> User = Gen.Choose(0x21, 0x24f)
        .Where(c => c is not (>= 0x7f and <= 0x9f))
        .Select(c => (char)c)
        .NonEmptyListOf()
        .Select(chars => new string([.. chars.Take(100)]))
        .Where(user => !user.Contains(" email: ", StringComparison.Ordinal));

    private static readonly Gen<string> Client = Gen.Elements(
        "203.0.113.7:50123", "tcp:203.0.113.7:50123", "udp:203.0.113.7:50123", "[::ffff:203.0.113.7]:50123", "udp:[::ffff:cb00:7107]:50123");

    [Fact]
    public void HostileDestinationAndReason_ChangeNothing() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(
                Hostile.Zip(User).Zip(Client).ToArbitrary(),
                ((((string To, string User) Text, string Client) line) =>
                {
                    var text = $"2026/11/21 10:00:00.123456 from {line.Client} accepted {line.Text.To} email: {line.Text.User}";
                    return XrayLine.TryParse(Encoding.UTF8.GetBytes(text), out var parsed)
                        && parsed.Client.ToString() == "203.0.113.7:50123"
                        && Encoding.UTF8.GetString(parsed.User) == line.Text.User;
                })));

    [Fact]
    public void HostileText_NeverMakesARejectedOrGeneralLineCount() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(
                Hostile.ToArbitrary(),
                hostile =>
                    !XrayLine.TryParse(Encoding.UTF8.GetBytes($"2026/11/21 10:00:00 from 203.0.113.7:1 rejected {hostile} email: bob"), out _)
                    && !XrayLine.TryParse(Encoding.UTF8.GetBytes($"2026/11/21 10:00:00 [Info] {hostile} from 203.0.113.7:1 accepted tcp:a:1 email: bob"), out _)));

    [Fact]
    public void AnyPieces_NeverThrow_AndWhatCountsIsWellFormed() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3_000),
            Prop.ForAll(Piece.ListOf().Select(string.Concat).ToArbitrary(), text => IsWellFormed(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void MutatedLines_NeverThrow_AndWhatCountsIsWellFormed()
    {
        var random = new Random(11);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes("2026/11/21 10:00:00.123456 from udp:[2001:db8::2]:41000 accepted udp:1.1.1.1:53 [hy2-in -> direct] email: бob"),
            Encoding.UTF8.GetBytes("2026/11/21 10:00:00 from tcp:198.51.100.9:2000 accepted tcp:example.org:80 email: carol@free.example"),
        ];
        var accepted = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var text = new List<byte>(seeds[random.Next(seeds.Length)]);
            for (var change = random.Next(1, 5); change > 0 && text.Count > 1; change--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0: text[at] = (byte)random.Next(256); break;
                    case 1: text.RemoveAt(at); break;
                    case 2: text.Insert(at, (byte)random.Next(256)); break;
                    default: text.RemoveRange(at, Math.Min(random.Next(8), text.Count - at)); break;
                }
            }

            var bytes = text.ToArray();
            Assert.True(IsWellFormed(bytes), Convert.ToHexString(bytes));
            if (XrayLine.TryParse(bytes, out _))
                accepted++;
        }

        Assert.InRange(accepted, 5_000, 95_000);
    }

    private static bool IsWellFormed(byte[] text)
    {
        if (!XrayLine.TryParse(text, out var line))
            return line.Verdict != XrayLineVerdict.Accepted;
        var user = Encoding.UTF8.GetString(line.User);
        return line.User.Length is > 0 and <= UserName.MaxLength
            && !user.Any(char.IsControl) && !user.Contains('\ufffd', StringComparison.Ordinal)
            && line.Client.CanBeSource && !line.Client.IsLoopback;
    }
}
