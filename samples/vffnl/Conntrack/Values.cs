using System.CommandLine;
using System.Globalization;
using System.Numerics;
using VffNetlink.Conntrack;

namespace Vffnl.Conntrack;

/// <summary>Values of flows as they are written on the command line. What cannot be meant is a <see cref="FormatException"/> that says what can.</summary>
internal static class Values
{
    /// <summary>An option with a value.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="help">What stands for the value in the help.</param>
    /// <param name="description">For the help.</param>
    /// <param name="parse">Reads the value.</param>
    public static Option<T> Option<T>(string name, string help, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens is [var token] ? token.Value : "");
            }
            catch (FormatException exception)
            {
                result.AddError($"{name}: {exception.Message}");
                return default!;
            }
        },
    };

    /// <summary>A number, decimal or hexadecimal behind <c>0x</c>.</summary>
    public static T Number<T>(string text)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return T.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"\"{text}\" is no number up to {T.MaxValue}");
    }

    /// <summary>A number of such as <see cref="Number"/>, or none: for options that may be left out.</summary>
    public static T? Optional<T>(string text)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Number<T>(text);

    /// <summary><c>N</c>, or <c>N/M</c> for some bits.</summary>
    public static MaskedMark? Mark(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return new MaskedMark(Number<uint>(text));
        var (value, mask) = (Number<uint>(text[..slash]), Number<uint>(text[(slash + 1)..]));
        return (value & ~mask) == 0 ? new MaskedMark(value, mask) : throw new FormatException($"0x{value:x} has bits outside its mask 0x{mask:x}");
    }

    /// <summary>Names of status bits with commas; those behind <c>!</c> have to be missing.</summary>
    public static MaskedStatus? Status(string text)
    {
        var (value, mask) = Bits(text, FlowNames.Status, "bit of the status");
        return new MaskedStatus((FlowStatus)value, (FlowStatus)mask);
    }

    /// <summary>Names of status bits with commas.</summary>
    public static FlowStatus? StatusToSet(string text)
    {
        var (value, mask) = Bits(text, FlowNames.Status, "bit of the status");
        return value == mask ? (FlowStatus)value : throw new FormatException("the kernel sets bits of the status and takes none away");
    }

    /// <summary>Numbers of labels with commas; those behind <c>!</c> have to be missing, or are to be taken away.</summary>
    public static MaskedLabels? Labels(string text)
    {
        ConntrackLabels value = default, mask = default;
        foreach (var part in text.Split(','))
        {
            var isMissing = part.StartsWith('!');
            var label = Number<byte>(isMissing ? part[1..] : part);
            if (label >= ConntrackLabels.Count)
                throw new FormatException($"\"{part}\" is no label; they are 0 to {ConntrackLabels.Count - 1}");
            if (mask[label])
                throw new FormatException($"label {label} is named twice");
            mask = mask.With(label);
            value = isMissing ? value : value.With(label);
        }

        return new MaskedLabels(value, mask);
    }

    /// <summary>The name of a TCP connection's state.</summary>
    public static TcpState? TcpStateOf(string text) => Array.IndexOf(FlowNames.TcpStates, text) is var number and >= 0
        ? (TcpState)number
        : throw new FormatException($"\"{text}\" is no state of a TCP connection: {string.Join(", ", FlowNames.TcpStates)}");

    /// <summary>An address, or a prefix such as <c>192.0.2.0/24</c>.</summary>
    public static AddressPrefix? Prefix(string text) => AddressPrefix.Parse(text);

    private static (uint Value, uint Mask) Bits(string text, (uint Bit, string Name)[] names, string what)
    {
        uint value = 0, mask = 0;
        foreach (var part in text.Split(','))
        {
            var isMissing = part.StartsWith('!');
            var name = isMissing ? part[1..] : part;
            var bit = names.FirstOrDefault(n => n.Name == name).Bit;
            if (bit == 0)
                throw new FormatException($"\"{name}\" is no {what}: {string.Join(", ", names.Select(static n => n.Name))}");
            if ((mask & bit) != 0)
                throw new FormatException($"{name} is named twice");
            mask |= bit;
            value |= isMissing ? 0 : bit;
        }

        return (value, mask);
    }
}
