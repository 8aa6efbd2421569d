using System.Globalization;
using System.Text;
using System.Text.Json;
using VffNetlink.Tc;
using VffQos.DataPlanes;
using VffQos.Marks;
using VffQos.Users;

namespace VffQos.Configuration;

internal sealed partial class ConfigReader
{
    // IFNAMSIZ without the NUL.
    private const int MaxInterfaceNameLength = 15;
    private const int MaxPathLength = 4095;

    private void Refuse(ConfigNode node, string path, string expected, string? found = null) =>
        _text.Fail(node.Offset, path, $"found {found ?? node.Description}; expected {expected}");

    private Rate? ReadRate(ConfigNode node, string path)
    {
        if (node.Kind != JsonTokenType.String)
        {
            Refuse(node, path, "a rate in quotes and in tc notation, such as \"50mbit\"");
            return null;
        }

        try
        {
            var rate = Rate.Parse(node.Text);
            if (rate >= VffQosConfig.MinimumRate)
                return rate;
            _text.Fail(node.Offset, path, $"{ConfigText.Quote(node.Text)} is too low to be shaped (a bare number is bits per second); expected at least 8kbit");
        }
        catch (FormatException)
        {
            _text.Fail(node.Offset, path, $"{ConfigText.Quote(node.Text)} is not a rate; expected tc notation such as 50mbit");
        }
        catch (OverflowException)
        {
            _text.Fail(node.Offset, path, $"{ConfigText.Quote(node.Text)} is more than 64 bits of bytes per second hold; expected a rate such as 50mbit");
        }

        return null;
    }

    private string? ReadWan(ConfigNode node, string path) => node is { Kind: JsonTokenType.String, Text: "auto" } ? null : ReadInterface(node, path);

    /// <summary>A name that the kernel takes for a device (<c>dev_valid_name</c>), and that is no pattern to it.</summary>
    private string? ReadInterface(ConfigNode node, string path)
    {
        var expected = $"a device's name: at most {MaxInterfaceNameLength} bytes without '/', ':', '%' and white space";
        if (node.Kind != JsonTokenType.String)
        {
            Refuse(node, path, expected);
            return null;
        }

        var name = node.Text;
        if (name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= MaxInterfaceNameLength
            && !name.Any(c => c is '/' or ':' or '%' || char.IsWhiteSpace(c) || char.IsControl(c)))
            return name;
        _text.Fail(node.Offset, path, $"{ConfigText.Quote(name)} cannot be a device's name; expected {expected}");
        return null;
    }

    private string? ReadPath(ConfigNode node, string path, string example)
    {
        if (node.Kind == JsonTokenType.String && node.Text.StartsWith('/') && Encoding.UTF8.GetByteCount(node.Text) <= MaxPathLength
            && !node.Text.Any(char.IsControl))
            return node.Text;
        Refuse(node, path, $"an absolute path such as \"{example}\"");
        return null;
    }

    private DataPlaneKind? ReadDataPlane(ConfigNode node, string path)
    {
        switch (node.Kind == JsonTokenType.String ? node.Text : null)
        {
            case "auto":
                return null;
            case "maps":
                return DataPlaneKind.Maps;
            case "marks":
                return DataPlaneKind.Marks;
            default:
                Refuse(node, path, "\"auto\", \"maps\" or \"marks\"");
                return null;
        }
    }

    private MarkSpace? ReadMask(ConfigNode node, string path)
    {
        var expected = $"a hexadecimal mask in quotes, such as \"0x{MarkSpace.DefaultMask:x8}\"";
        if (node.Kind != JsonTokenType.String || !node.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || !uint.TryParse(node.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask))
        {
            Refuse(node, path, expected);
            return null;
        }

        try
        {
            return new MarkSpace(mask);
        }
        catch (ArgumentOutOfRangeException)
        {
            _text.Fail(node.Offset, path, $"{ConfigText.Quote(node.Text)} has no room for a user; expected {expected}, with two bits at the least");
            return null;
        }
    }

    private int? ReadNumber(ConfigNode node, string path, int least, int most)
    {
        if (node.Kind == JsonTokenType.Number && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Refuse(node, path, $"a whole number from {least} to {most}");
        return null;
    }

    private List<ushort>? ReadPorts(ConfigNode node, string path)
    {
        if (node.Kind != JsonTokenType.StartArray)
            return ReadNumber(node, path, 1, ushort.MaxValue) is { } port ? [(ushort)port] : null;
        if (node.Items.Count == 0)
        {
            Refuse(node, path, "at least one port", "an empty list");
            return null;
        }

        var ports = new List<ushort>();
        var isWhole = true;
        for (var i = 0; i < node.Items.Count; i++)
        {
            var at = $"{path}[{i}]";
            if (ReadNumber(node.Items[i], at, 1, ushort.MaxValue) is not { } port)
            {
                isWhole = false;
                continue;
            }

            if (ports.Contains((ushort)port))
                _text.Fail(node.Items[i].Offset, at, $"the port {port} is in the list already; expected it once");
            ports.Add((ushort)port);
        }

        return isWhole ? ports : null;
    }

    private void CheckUserName(ConfigMember member, string path)
    {
        var fault = UserName.Check(Encoding.UTF8.GetBytes(member.Key)) switch
        {
            UserNameFault.None => null,
            UserNameFault.Empty => "an empty name",
            UserNameFault.TooLong => "a name of more than 256 bytes",
            UserNameFault.ControlCharacters => "control characters in a name",
            _ => "a name that is no text",
        };
        if (fault != null)
            _text.Fail(member.Offset, path, $"found {fault}; expected 1 to {UserName.MaxLength} bytes of text, as it stands behind \"email: \" in the log");
    }
}
