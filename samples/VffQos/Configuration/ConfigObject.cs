using System.Text.Json;

namespace VffQos.Configuration;

/// <summary>The members of a JSON object that may have certain keys only, each once.</summary>
internal readonly struct ConfigObject
{
    private readonly ConfigText _text;
    private readonly ConfigNode _node;
    private readonly Dictionary<string, ConfigNode> _members;

    private ConfigObject(ConfigText text, ConfigNode node, string path, Dictionary<string, ConfigNode> members)
    {
        _text = text;
        _node = node;
        Path = path;
        _members = members;
    }

    /// <summary>The object's own path.</summary>
    public string Path { get; }

    /// <summary>Takes a value for an object of certain keys; notes what it is instead, and every key that is unknown or there twice.</summary>
    public static bool TryRead(ConfigText text, ConfigNode node, string path, ReadOnlySpan<string> keys, out ConfigObject result)
    {
        var members = new Dictionary<string, ConfigNode>();
        result = new(text, node, path, members);
        if (node.Kind != JsonTokenType.StartObject)
        {
            text.Fail(node.Offset, path, $"found {node.Description}; expected an object {{ … }} with {List(keys)}");
            return false;
        }

        foreach (var member in Distinct(text, node, path))
        {
            if (keys.Contains(member.Key))
                members.Add(member.Key, member.Value);
            else
                text.Fail(member.Offset, ConfigText.Join(path, member.Key), $"unknown key; {Suggest(member.Key, keys)}");
        }

        return true;
    }

    /// <summary>The members of any key; every repeated key is noted and left out.</summary>
    public static IEnumerable<ConfigMember> Distinct(ConfigText text, ConfigNode node, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            if (seen.Add(member.Key))
                yield return member;
            else
                text.Fail(member.Offset, ConfigText.Join(path, member.Key), "the key is there already; expected it once");
        }
    }

    /// <summary>The value of a key that may be left out.</summary>
    public bool TryGet(string key, out ConfigNode value, out string path)
    {
        path = ConfigText.Join(Path, key);
        return _members.TryGetValue(key, out value!);
    }

    /// <summary>The value of a key that must be there; notes when it is not.</summary>
    public bool TryRequire(string key, string expected, out ConfigNode value, out string path)
    {
        if (TryGet(key, out value, out path))
            return true;
        _text.Fail(_node.Offset, Path, $"\"{key}\" is missing; expected {expected}");
        return false;
    }

    private static string Suggest(string key, ReadOnlySpan<string> keys)
    {
        var nearest = "";
        var least = int.MaxValue;
        foreach (var known in keys)
        {
            var distance = Distance(key, known);
            if (distance < least)
                (nearest, least) = (known, distance);
        }

        return least <= Math.Max(2, nearest.Length / 3) ? $"did you mean \"{nearest}\"?" : $"expected one of {List(keys)}";
    }

    private static string List(ReadOnlySpan<string> keys) => string.Join(", ", keys.ToArray().Select(k => $"\"{k}\""));

    /// <summary>Insertions, deletions and substitutions between two words without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        // A long key is like none of ours; its table would only be large.
        if (a.Length > 64)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
