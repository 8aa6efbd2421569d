using System.Text.Json;
using VffNetlink.Tc;
using VffQos.Users;

namespace VffQos.Configuration;

/// <summary>Reads the configuration file: JSON with comments and trailing commas. It is taken as a whole or refused with all that is wrong.</summary>
internal sealed partial class ConfigReader
{
    private const int MaxFileLength = 64 << 20;

    private readonly ConfigText _text;

    private ConfigReader(ConfigText text) => _text = text;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigException">The file cannot be read, or something in it is wrong.</exception>
    public static VffQosConfig Read(string file)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // A device or a pipe has no length and might have no end.
            bytes = new byte[Math.Min(stream.CanSeek ? stream.Length : 0, MaxFileLength + 1)];
            if (bytes.Length > MaxFileLength || !stream.CanSeek)
                throw new ConfigException([new(file, 0, 0, "", "not a file of at most 64 MiB")]);
            bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ConfigException([new(file, 0, 0, "", $"cannot be read: {e.Message}")]);
        }

        return Parse(bytes, file);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ConfigException">Something is wrong.</exception>
    public static VffQosConfig Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var text = new ConfigText(file, utf8);
        var config = text.Parse() is { } root ? new ConfigReader(text).ReadRoot(root) : new();
        return text.HasErrors ? throw text.ToException() : config;
    }

    private VffQosConfig ReadRoot(ConfigNode root)
    {
        var config = new VffQosConfig();
        if (!ConfigObject.TryRead(
            _text,
            root,
            "",
            ["wan", "ifb", "ceil", "stateDirectory", "dataPlane", "markMask", "rememberMinutes", "default", "userDefault", "users", "sources"],
            out var keys))
            return config;

        if (keys.TryGet("wan", out var node, out var path))
            config = config with { Wan = ReadWan(node, path) };
        if (keys.TryGet("ifb", out node, out path))
            config = config with { Ifb = ReadInterface(node, path) ?? config.Ifb };
        if (config.Wan == config.Ifb)
            _text.Fail((node ?? root).Offset, "ifb", $"\"{config.Ifb}\" is the WAN; expected a name that no device has");
        if (keys.TryGet("ceil", out node, out path))
            config = config with { Ceil = ReadRate(node, path) ?? config.Ceil };
        if (keys.TryGet("stateDirectory", out node, out path))
            config = config with { StateDirectory = ReadPath(node, path, "/var/lib/vffqos") ?? config.StateDirectory };
        if (keys.TryGet("dataPlane", out node, out path))
            config = config with { DataPlane = ReadDataPlane(node, path) };
        if (keys.TryGet("markMask", out node, out path))
            config = config with { Marks = ReadMask(node, path) ?? config.Marks };
        if (keys.TryGet("rememberMinutes", out node, out path))
            config = config with { Remember = TimeSpan.FromMinutes(ReadNumber(node, path, 1, 7 * 24 * 60) ?? 10) };

        config = config with { Default = new(config.Ceil, null) };
        if (keys.TryGet("default", out node, out path))
            config = config with { Default = ReadDefault(node, path, config.Default) };
        if (keys.TryGet("userDefault", out node, out path))
            config = config with { UserDefault = ReadLimits(node, path, config.UserDefault) };
        if (keys.TryGet("users", out node, out path))
            config = config with { Users = ReadUsers(node, path, config.UserDefault) };
        if (keys.TryRequire("sources", """a list such as [ { "type": "xray", "accessLog": "/var/log/xray/access.log", "port": 443 } ]""", out node, out path))
            config = config with { Sources = ReadSources(node, path) };
        return config;
    }

    private DefaultLimits ReadDefault(ConfigNode node, string path, DefaultLimits absent)
    {
        if (!ConfigObject.TryRead(_text, node, path, ["download", "upload"], out var keys))
            return absent;
        var download = keys.TryGet("download", out var value, out var at) ? ReadRate(value, at) : null;
        var upload = keys.TryGet("upload", out value, out at) ? ReadRate(value, at) : null;
        return new(download ?? absent.Download, upload);
    }

    private UserLimits ReadLimits(ConfigNode node, string path, UserLimits absent)
    {
        if (!ConfigObject.TryRead(_text, node, path, ["upload", "download"], out var keys))
            return absent;
        var upload = keys.TryGet("upload", out var value, out var at) ? ReadRate(value, at) : null;
        var download = keys.TryGet("download", out value, out at) ? ReadRate(value, at) : null;
        return new(upload ?? absent.Upload, download ?? absent.Download);
    }

    private Dictionary<string, UserLimits> ReadUsers(ConfigNode node, string path, UserLimits userDefault)
    {
        var users = new Dictionary<string, UserLimits>(Utf8NameComparer.Instance);
        if (node.Kind != JsonTokenType.StartObject)
        {
            Refuse(node, path, """an object of users such as { "alice@example.com": { "upload": "4mbit", "download": "8mbit" } }""");
            return users;
        }

        foreach (var member in ConfigObject.Distinct(_text, node, path))
        {
            var at = ConfigText.Join(path, member.Key);
            CheckUserName(member, at);
            users.Add(member.Key, ReadLimits(member.Value, at, userDefault));
        }

        return users;
    }

    private List<XraySource> ReadSources(ConfigNode node, string path)
    {
        var sources = new List<XraySource>();
        if (node.Kind != JsonTokenType.StartArray || node.Items.Count == 0)
        {
            Refuse(node, path, "a list [ … ] of at least one source", node.Kind == JsonTokenType.StartArray ? "an empty list" : null);
            return sources;
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            if (ReadSource(node.Items[i], $"{path}[{i}]") is not { } source)
                continue;
            if (sources.Any(s => Path.GetFullPath(s.AccessLog) == Path.GetFullPath(source.AccessLog)))
                _text.Fail(node.Items[i].Offset, $"{path}[{i}]", $"another source follows {ConfigText.Quote(source.AccessLog)} already; expected one, with a list of ports");
            sources.Add(source);
        }

        return sources;
    }

    private XraySource? ReadSource(ConfigNode node, string path)
    {
        if (!ConfigObject.TryRead(_text, node, path, ["type", "accessLog", "port"], out var keys))
            return null;
        if (keys.TryRequire("type", "\"xray\"", out var value, out var at) && (value.Kind != JsonTokenType.String || value.Text != "xray"))
            Refuse(value, at, "\"xray\"");
        var log = keys.TryRequire("accessLog", "the path of Xray's access log", out value, out at) ? ReadPath(value, at, "/var/log/xray/access.log") : null;
        var ports = keys.TryRequire("port", "the port that clients connect to, or a list of them", out value, out at) ? ReadPorts(value, at) : null;
        return log is null || ports is null ? null : new(log, ports);
    }
}
