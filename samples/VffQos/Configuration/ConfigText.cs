using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace VffQos.Configuration;

/// <summary>The bytes of a configuration file: turns them into nodes, and offsets into lines and columns.</summary>
internal sealed class ConfigText
{
    private const int ShownLength = 60;
    private const int MaxErrors = 100;

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private readonly byte[] _bytes;
    private readonly List<ConfigError> _errors = [];
    private int _unlisted;

    public ConfigText(string file, ReadOnlySpan<byte> bytes)
    {
        File = file;
        _bytes = bytes.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..].ToArray() : bytes.ToArray();
    }

    /// <summary>The file as it was named to us.</summary>
    public string File { get; }

    /// <summary>Whether something was found wrong.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>Notes an error at a place.</summary>
    public void Fail(int offset, string path, string message)
    {
        // Finding a place takes a walk through the file.
        if (_errors.Count == MaxErrors)
        {
            _unlisted++;
            return;
        }

        var (line, column) = Locate(offset);
        _errors.Add(new(File, line, column, path, message));
    }

    /// <summary>What was noted, by place.</summary>
    public ConfigException ToException() => new([.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column)], _unlisted);

    /// <summary>Reads the file's one value; null, and an error noted, where it is no JSON.</summary>
    public ConfigNode? Parse()
    {
        if (!Utf8.IsValid(_bytes))
        {
            Fail(FirstInvalid(), "", "the file is not UTF-8 from here on");
            return null;
        }

        var reader = new Utf8JsonReader(_bytes, Options);
        try
        {
            reader.Read();
            var root = ReadNode(ref reader, "");
            while (reader.Read())
            {
                // Comments behind the value; anything else throws.
            }

            return HasErrors ? null : root;
        }
        catch (JsonException e)
        {
            Fail(Offset(e.LineNumber ?? 0, e.BytePositionInLine ?? 0), "", $"not JSON: {Escape(WithoutPlace(e.Message))}");
            return null;
        }
    }

    /// <summary>Text in quotes, fit for a terminal; what is long is cut.</summary>
    public static string Quote(string text) =>
        $"\"{Escape(Shorten(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))}\"";

    /// <summary>Cuts what is too long for a message.</summary>
    public static string Shorten(string text) => text.Length <= ShownLength ? text : string.Concat(text.AsSpan(0, ShownLength), "…");

    private ConfigNode ReadNode(ref Utf8JsonReader reader, string path)
    {
        var kind = reader.TokenType;
        var offset = (int)reader.TokenStartIndex;
        switch (kind)
        {
            case JsonTokenType.StartObject:
                var members = new List<ConfigMember>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var keyOffset = (int)reader.TokenStartIndex;
                    var key = ReadText(ref reader, path);
                    reader.Read();
                    members.Add(new(key, keyOffset, ReadNode(ref reader, Join(path, key))));
                }

                return new(kind, offset, "", members, []);
            case JsonTokenType.StartArray:
                var items = new List<ConfigNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadNode(ref reader, $"{path}[{items.Count}]"));
                return new(kind, offset, "", [], items);
            case JsonTokenType.String:
                return new(kind, offset, ReadText(ref reader, path), [], []);
            case JsonTokenType.Number:
                return new(kind, offset, Encoding.UTF8.GetString(reader.ValueSpan), [], []);
            default:
                return new(kind, offset, "", [], []);
        }
    }

    /// <summary>A key's path; a key that is no plain word stands in brackets: <c>users["alice@example.com"]</c>.</summary>
    public static string Join(string path, string key)
    {
        if (key.Length == 0 || !key.All(char.IsAsciiLetterOrDigit))
            return $"{path}[{Quote(key)}]";
        return path.Length == 0 ? Shorten(key) : $"{path}.{Shorten(key)}";
    }

    private string ReadText(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The file is UTF-8, so only an escape can be at fault.
            Fail((int)reader.TokenStartIndex, path, "half of a surrogate pair (\\ud800 to \\udfff) is no text");
            return "";
        }
    }

    private (int Line, int Column) Locate(int offset)
    {
        var before = _bytes.AsSpan(0, offset);
        var start = before.LastIndexOf((byte)'\n') + 1;
        // Bytes that are no UTF-8 count as one character each, as editors show them.
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetString(before[start..]).EnumerateRunes().Count() + 1);
    }

    private int Offset(long line, long byteInLine)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            var next = _bytes.AsSpan(offset).IndexOf((byte)'\n');
            if (next < 0)
                break;
            offset += next + 1;
        }

        return (int)Math.Min(offset + byteInLine, _bytes.Length);
    }

    private int FirstInvalid()
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(_bytes.AsSpan(offset), out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    private static string Escape(string text) => text.Any(MustBeEscaped)
        ? string.Concat(text.Select(c => MustBeEscaped(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;

    private static bool MustBeEscaped(char c) => char.IsControl(c) || char.IsSurrogate(c);

    private static string WithoutPlace(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? message : message[..place]).TrimEnd('.');
    }
}
