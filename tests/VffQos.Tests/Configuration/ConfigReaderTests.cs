using System.Text;
using VffNetlink.Tc;
using VffQos.Configuration;
using VffQos.Marks;

namespace VffQos.Tests.Configuration;

public class ConfigReaderTests
{
    private const string Sources = """ "sources": [ { "type": "xray", "accessLog": "/a.log", "port": 443 } ] """;

    internal const string Whole = """
        {
          "wan": "auto", "ifb": "vffqos0", "ceil": "1gbit",
          "stateDirectory": "/var/lib/vffqos",                         // marks of users, place in the log; created when missing
          "dataPlane": "auto",                                         // auto | maps | marks
          "markMask": "0x0000ffff",                                    /* the bits of the conntrack mark that are ours */
          "rememberMinutes": 30,
          "default":     { "download": "1gbit" },
          "userDefault": { "upload": "50mbit", "download": "80mbit" }, // a user without an entry below
          "users": { "alice@example.com": { "upload": "4mbit", "download": "8mbit" }, },
          "sources": [ { "type": "xray", "accessLog": "/var/log/xray/access.log", "port": [443, 8443] }, ],
        }
        """;

    [Fact]
    public void WholeFile_IsRead()
    {
        var config = Read(Whole);
        Assert.Null(config.Wan);
        Assert.Equal("vffqos0", config.Ifb);
        Assert.Equal(Rate.Parse("1gbit"), config.Ceil);
        Assert.Equal("/var/lib/vffqos", config.StateDirectory);
        Assert.Null(config.DataPlane);
        Assert.Equal(0xffffu, config.Marks.Mask);
        Assert.Equal(TimeSpan.FromMinutes(30), config.Remember);
        Assert.Equal(new DefaultLimits(Rate.Parse("1gbit"), null), config.Default);
        Assert.Equal(new UserLimits(Rate.Parse("50mbit"), Rate.Parse("80mbit")), config.UserDefault);
        Assert.Equal(new UserLimits(Rate.Parse("4mbit"), Rate.Parse("8mbit")), config.LimitsOf("alice@example.com"));
        Assert.Equal(config.UserDefault, config.LimitsOf("bob"));
        var source = Assert.Single(config.Sources);
        Assert.Equal("/var/log/xray/access.log", source.AccessLog);
        Assert.Equal([443, 8443], source.Ports);
    }

    [Fact]
    public void LeftOutKeys_HaveTheirDefaults()
    {
        var config = Read($"{{{Sources}}}");
        Assert.Null(config.Wan);
        Assert.Equal("vffqos0", config.Ifb);
        Assert.Equal(Rate.Parse("1gbit"), config.Ceil);
        Assert.Equal("/var/lib/vffqos", config.StateDirectory);
        Assert.Null(config.DataPlane);
        Assert.Equal(MarkSpace.DefaultMask, config.Marks.Mask);
        Assert.Equal(TimeSpan.FromMinutes(10), config.Remember);
        Assert.Equal(new DefaultLimits(Rate.Parse("1gbit"), null), config.Default);
        Assert.Equal(new UserLimits(Rate.Parse("50mbit"), Rate.Parse("80mbit")), config.UserDefault);
        Assert.Empty(config.Users);
        Assert.Equal([443], config.Sources[0].Ports);
    }

    [Fact]
    public void DefaultDownload_IsTheCeilingUnlessGiven()
    {
        Assert.Equal(new(Rate.Parse("10gbit"), null), Read($$"""{ "ceil": "10gbit", {{Sources}} }""").Default);
        Assert.Equal(
            new(Rate.Parse("10gbit"), Rate.Parse("2gbit")),
            Read($$"""{ "default": { "upload": "2gbit" }, "ceil": "10gbit", {{Sources}} }""").Default);
        Assert.Equal(new(Rate.Parse("20mbit"), null), Read($$"""{ "default": { "download": "20mbit" }, {{Sources}} }""").Default);
    }

    [Fact]
    public void UsersLimit_LeftOut_IsThatOfUserDefault_WhereverThatStands()
    {
        var config = Read($$"""{ "users": { "a": { "upload": "1mbit" }, "b": {} }, "userDefault": { "download": "9mbit" }, {{Sources}} }""");
        Assert.Equal(new(Rate.Parse("1mbit"), Rate.Parse("9mbit")), config.LimitsOf("a"));
        Assert.Equal(new(Rate.Parse("50mbit"), Rate.Parse("9mbit")), config.LimitsOf("b"));
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("maps", "Maps")]
    [InlineData("marks", "Marks")]
    public void DataPlane_IsRead(string word, string? kind) =>
        Assert.Equal(kind, Read($$"""{ "dataPlane": "{{word}}", {{Sources}} }""").DataPlane?.ToString());

    [Fact]
    public void SeveralSources_AreRead()
    {
        var config = Read("""
            { "sources": [ { "type": "xray", "accessLog": "/a.log", "port": 1 }, { "type": "xray", "accessLog": "/b.log", "port": [65535] } ] }
            """);
        Assert.Equal(["/a.log", "/b.log"], config.Sources.Select(s => s.AccessLog));
    }

    [Fact]
    public void ByteOrderMark_IsSkipped()
    {
        byte[] bytes = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("{ \"x\": 1," + Sources + "}")];
        var e = Assert.Throws<ConfigException>(() => ConfigReader.Parse(bytes, "f"));
        Assert.Equal((1, 3), (e.Errors[0].Line, e.Errors[0].Column));
        Assert.NotNull(ConfigReader.Parse([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("{" + Sources + "}")], "f"));
    }

    [Fact]
    public void Refusal_SaysFileLineColumnKeyAndExpectation()
    {
        var e = Assert.Throws<ConfigException>(() => Read(Whole.Replace("\"50mbit\"", "\"50mbitt\"", StringComparison.Ordinal)));
        Assert.Equal("/etc/vffqos.jsonc:8:30: userDefault.upload: \"50mbitt\" is not a rate; expected tc notation such as 50mbit", e.Message);
    }

    [Fact]
    public void AllErrorsOfAFile_AreReportedInOrder()
    {
        var e = Assert.Throws<ConfigException>(() => Read("""
            {
              "sources": [ { "type": "xray", "port": 0 } ],
              "ceil": 5,
              "userDefault": { "upload": "x", "dwnload": "1mbit" },
              "markMask": "0x0"
            }
            """));
        Assert.Equal(
            [
                "/etc/vffqos.jsonc:2:16: sources[0]: \"accessLog\" is missing; expected the path of Xray's access log",
                "/etc/vffqos.jsonc:2:42: sources[0].port: found the number 0; expected a whole number from 1 to 65535",
                "/etc/vffqos.jsonc:3:11: ceil: found the number 5; expected a rate in quotes and in tc notation, such as \"50mbit\"",
                "/etc/vffqos.jsonc:4:30: userDefault.upload: \"x\" is not a rate; expected tc notation such as 50mbit",
                "/etc/vffqos.jsonc:4:35: userDefault.dwnload: unknown key; did you mean \"download\"?",
                "/etc/vffqos.jsonc:5:15: markMask: \"0x0\" has no room for a user; expected a hexadecimal mask in quotes, such as \"0x03003fff\", with two bits at the least",
            ],
            e.Message.Split('\n'));
    }

    [Theory]
    // Structure.
    [InlineData("[]", "1:1: ", "found a list; expected an object { … } with \"wan\", ")]
    [InlineData("null", "1:1: ", "found null; expected an object")]
    [InlineData("{}", "1:1: ", "\"sources\" is missing; expected a list such as ")]
    [InlineData("{ §, \"Wan\": \"eth0\" }", "1:77: Wan: ", "unknown key; did you mean \"wan\"?")]
    [InlineData("{ §, \"statedir\": 1 }", "1:77: statedir: ", "expected one of \"wan\", \"ifb\"")]
    [InlineData("{ §, \"a b\": 1 }", "1:77: [\"a b\"]: ", "unknown key; ")]
    [InlineData("{ §, \"ceil\": \"1gbit\", \"ceil\": \"1gbit\" }", "1:94: ceil: ", "the key is there already; expected it once")]
    [InlineData("{ §, \"users\": { \"bob\": {}, \"bob\": {} } }", "1:99: users.bob: ", "the key is there already")]
    [InlineData("{ §, \"users\": { \"b\\u006fb\": {}, \"bob\": {} } }", "1:104: users.bob: ", "the key is there already")]
    [InlineData("{ §, \"users\": [] }", "1:86: users: ", "found a list; expected an object of users such as ")]
    [InlineData("{ §, \"users\": { \"bob\": 5 } }", "1:95: users.bob: ", "found the number 5; expected an object { … } with \"upload\", \"download\"")]
    [InlineData("{ §, \"users\": { \"bob@x\": { \"up\": \"1mbit\" } } }", "1:99: users[\"bob@x\"].up: ", "unknown key; expected one of \"upload\", \"download\"")]
    [InlineData("{ §, \"default\": true }", "1:88: default: ", "found true; expected an object")]
    // Users.
    [InlineData("{ §, \"users\": { \"\": {} } }", "1:88: users[\"\"]: ", "found an empty name; expected 1 to 256 bytes")]
    [InlineData("{ §, \"users\": { \"a\\nb\": {} } }", "1:88: users[\"a\\u000ab\"]: ", "found control characters in a name")]
    [InlineData("{ §, \"users\": { \"a\\u009bb\": {} } }", "1:88: users[\"a\\u009bb\"]: ", "found control characters in a name")]
    [InlineData("{ §, \"users\": { \"a\\ud800b\": {} } }", "1:88: users: ", "half of a surrogate pair")]
    // Rates.
    [InlineData("{ §, \"ceil\": \"\" }", "1:85: ceil: ", "\"\" is not a rate; expected tc notation")]
    [InlineData("{ §, \"ceil\": \"0mbit\" }", "1:85: ceil: ", "\"0mbit\" is too low to be shaped")]
    [InlineData("{ §, \"ceil\": \"50\" }", "1:85: ceil: ", "(a bare number is bits per second); expected at least 8kbit")]
    [InlineData("{ §, \"ceil\": \"7999bit\" }", "1:85: ceil: ", "is too low to be shaped")]
    [InlineData("{ §, \"ceil\": \"-5mbit\" }", "1:85: ceil: ", "is not a rate")]
    [InlineData("{ §, \"ceil\": \"99999999999999999999tbit\" }", "1:85: ceil: ", "is more than 64 bits of bytes per second hold")]
    [InlineData("{ §, \"ceil\": null }", "1:85: ceil: ", "found null; expected a rate in quotes")]
    [InlineData("{ §, \"ceil\": {} }", "1:85: ceil: ", "found an object; expected a rate")]
    [InlineData("{ §, \"default\": { \"upload\": \"1x\" } }", "1:100: default.upload: ", "\"1x\" is not a rate")]
    // Masks.
    [InlineData("{ §, \"markMask\": 65535 }", "1:89: markMask: ", "found the number 65535; expected a hexadecimal mask in quotes")]
    [InlineData("{ §, \"markMask\": \"65535\" }", "1:89: markMask: ", "found the text \"65535\"; expected a hexadecimal mask")]
    [InlineData("{ §, \"markMask\": \"0x\" }", "1:89: markMask: ", "expected a hexadecimal mask")]
    [InlineData("{ §, \"markMask\": \"0x1ffffffff\" }", "1:89: markMask: ", "expected a hexadecimal mask")]
    [InlineData("{ §, \"markMask\": \"0x 1\" }", "1:89: markMask: ", "expected a hexadecimal mask")]
    [InlineData("{ §, \"markMask\": \"0x0\" }", "1:89: markMask: ", "\"0x0\" has no room for a user")]
    [InlineData("{ §, \"markMask\": \"0x8000\" }", "1:89: markMask: ", "with two bits at the least")]
    // Devices.
    [InlineData("{ §, \"ifb\": \"abcdefghijklmnop\" }", "1:84: ifb: ", "\"abcdefghijklmnop\" cannot be a device's name; expected a device's name: at most 15 bytes")]
    [InlineData("{ §, \"ifb\": \"ababababababaя\" }", "1:84: ifb: ", "cannot be a device's name", false)]
    [InlineData("{ §, \"ifb\": \"abababababababя\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"a b\" }", "1:84: ifb: ", "\"a b\" cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"a/b\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"eth0:1\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"ifb%d\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": \"..\" }", "1:84: ifb: ", "cannot be a device's name")]
    [InlineData("{ §, \"ifb\": 5 }", "1:84: ifb: ", "found the number 5; expected a device's name")]
    [InlineData("{ §, \"wan\": \"e t\" }", "1:84: wan: ", "cannot be a device's name")]
    [InlineData("{ §, \"wan\": \"eth0\", \"ifb\": \"eth0\" }", "1:99: ifb: ", "\"eth0\" is the WAN; expected a name that no device has")]
    [InlineData("{ §, \"wan\": \"vffqos0\" }", "1:1: ifb: ", "\"vffqos0\" is the WAN")]
    // Words, paths and numbers.
    [InlineData("{ §, \"dataPlane\": \"Maps\" }", "1:90: dataPlane: ", "found the text \"Maps\"; expected \"auto\", \"maps\" or \"marks\"")]
    [InlineData("{ §, \"dataPlane\": 1 }", "1:90: dataPlane: ", "found the number 1; expected \"auto\"")]
    [InlineData("{ §, \"stateDirectory\": \"state\" }", "1:95: stateDirectory: ", "found the text \"state\"; expected an absolute path such as \"/var/lib/vffqos\"")]
    [InlineData("{ §, \"stateDirectory\": \"/a\\u0000b\" }", "1:95: stateDirectory: ", "expected an absolute path")]
    [InlineData("{ §, \"rememberMinutes\": 0 }", "1:96: rememberMinutes: ", "found the number 0; expected a whole number from 1 to 10080")]
    [InlineData("{ §, \"rememberMinutes\": 1.5 }", "1:96: rememberMinutes: ", "found the number 1.5")]
    [InlineData("{ §, \"rememberMinutes\": 99999999999999999999 }", "1:96: rememberMinutes: ", "found the number 99999999999999999999")]
    [InlineData("{ §, \"rememberMinutes\": \"10\" }", "1:96: rememberMinutes: ", "found the text \"10\"; expected a whole number")]
    // Sources.
    [InlineData("{ \"sources\": [] }", "1:14: sources: ", "found an empty list; expected a list [ … ] of at least one source")]
    [InlineData("{ \"sources\": {} }", "1:14: sources: ", "found an object; expected a list")]
    [InlineData("{ \"sources\": [ 1 ] }", "1:16: sources[0]: ", "found the number 1; expected an object")]
    [InlineData("{ \"sources\": [ { \"accessLog\": \"/a\", \"port\": 1 } ] }", "1:16: sources[0]: ", "\"type\" is missing; expected \"xray\"")]
    [InlineData("{ \"sources\": [ { \"type\": \"v2ray\", \"accessLog\": \"/a\", \"port\": 1 } ] }", "1:26: sources[0].type: ", "found the text \"v2ray\"; expected \"xray\"")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\" } ] }", "1:16: sources[0]: ", "\"port\" is missing; expected the port")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"a.log\", \"port\": 1 } ] }", "1:47: sources[0].accessLog: ", "found the text \"a.log\"; expected an absolute path")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": 65536 } ] }", "1:61: sources[0].port: ", "found the number 65536")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": -1 } ] }", "1:61: sources[0].port: ", "found the number -1")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": [] } ] }", "1:61: sources[0].port: ", "found an empty list; expected at least one port")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": [1, 1] } ] }", "1:65: sources[0].port[1]: ", "the port 1 is in the list already")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": [\"x\"] } ] }", "1:62: sources[0].port[0]: ", "found the text \"x\"; expected a whole number")]
    [InlineData("{ \"sources\": [ { \"type\": \"xray\", \"accessLog\": \"/a\", \"port\": 1 }, { \"type\": \"xray\", \"accessLog\": \"//a\", \"port\": 2 } ] }", "1:66: sources[1]: ", "another source follows \"//a\" already")]
    // No JSON.
    [InlineData("", "1:1: ", "not JSON: ")]
    [InlineData("{ \"wan\": }", "1:10: ", "not JSON: ")]
    [InlineData("{ § } x", "1:78: ", "not JSON: ")]
    [InlineData("{ §, \"wan\": \"\u0001\" }", "1:85: ", "not JSON: ")]
    public void Mistake_IsRefusedWithItsPlace(string text, string place, string message, bool isMistake = true)
    {
        text = text.Replace("§", "\"sources\": [{\"type\":\"xray\",\"accessLog\":\"/v/access.log\",\"port\": 443    }]", StringComparison.Ordinal);
        if (!isMistake)
        {
            Read(text);
            return;
        }

        var e = Assert.Throws<ConfigException>(() => Read(text));
        var error = Assert.Single(e.Errors);
        Assert.StartsWith($"/etc/vffqos.jsonc:{place}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_CountsCharacters()
    {
        var e = Assert.Throws<ConfigException>(() => Read("{ /* комментарий 😀 */ \"x\": 1, " + Sources + "}"));
        Assert.Equal((1, 23), (e.Errors[0].Line, e.Errors[0].Column));
    }

    [Fact]
    public void BytesThatAreNoText_AreRefusedWithTheirPlace()
    {
        var e = Assert.Throws<ConfigException>(() => ConfigReader.Parse([.. "{\n  \"ab"u8, 0xff, .. "\": 1 }"u8], "f"));
        Assert.Equal("f:2:6: the file is not UTF-8 from here on", e.Message);
    }

    [Fact]
    public void LongUserName_IsRefused()
    {
        Read($$"""{ "users": { "{{new string('я', 128)}}": {} }, {{Sources}} }""");
        var e = Assert.Throws<ConfigException>(() => Read($$"""{ "users": { "{{new string('я', 128)}}x": {} }, {{Sources}} }"""));
        Assert.Contains("a name of more than 256 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyErrors_AreCutShort()
    {
        var e = Assert.Throws<ConfigException>(() => Read("{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"x{i}\": 1")) + "," + Sources + "}"));
        Assert.Equal(100, e.Errors.Count);
        Assert.Equal(21, e.Message.Split('\n').Length);
        Assert.EndsWith("and 4980 more", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SixtyFiveThousandUsers_AreRead()
    {
        var users = string.Join(',', Enumerable.Range(0, 65_000).Select(i => $"\"user{i}@example.com\": {{ \"upload\": \"{i + 8}kbit\" }}"));
        var config = Read($$"""{ "users": { {{users}} }, {{Sources}} }""");
        Assert.Equal(65_000, config.Users.Count);
        Assert.Equal(Rate.Parse("65007kbit"), config.LimitsOf("user64999@example.com").Upload);
    }

    [Fact]
    public void File_ThatCannotBeRead_IsNamed()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var e = Assert.Throws<ConfigException>(() => ConfigReader.Read(missing));
        Assert.StartsWith($"{missing}: cannot be read: ", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ConfigException>(() => ConfigReader.Read(Path.GetTempPath()));
        Assert.StartsWith($"{Path.GetTempPath()}: cannot be read: ", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ConfigException>(() => ConfigReader.Read(""));
        Assert.Contains("cannot be read: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_IsRead()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Whole);
            Assert.Equal("vffqos0", ConfigReader.Read(file).Ifb);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void MutatedFiles_AreReadOrRefused_NothingElse()
    {
        var random = new Random(13);
        var seed = Encoding.UTF8.GetBytes(Whole);
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "//", "/*", "*/", "null", "-1", "1e999", "0x", "\0", "\n", "auto", "mbit"];
        int read = 0, refused = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var text = new List<byte>(seed);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(5))
                {
                    case 0: text[at] = (byte)random.Next(256); break;
                    case 1: text.RemoveRange(at, Math.Min(random.Next(1, 30), text.Count - at)); break;
                    case 2: text.Insert(at, (byte)random.Next(256)); break;
                    case 3: text.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
                    default: text.InsertRange(at, text.GetRange(at, Math.Min(random.Next(1, 40), text.Count - at))); break;
                }
            }

            try
            {
                ConfigReader.Parse(text.ToArray(), "f");
                read++;
            }
            catch (ConfigException e)
            {
                refused++;
                Assert.NotEmpty(e.Errors);
                Assert.DoesNotContain(e.Message, c => char.IsControl(c) && c != '\n');
            }
        }

        Assert.True(read > 200 && refused > 200, $"{read} read, {refused} refused");
    }

    private static VffQosConfig Read(string text) => ConfigReader.Parse(Encoding.UTF8.GetBytes(text), "/etc/vffqos.jsonc");
}
