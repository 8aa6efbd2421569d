using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>
/// The number with a unit behind it that tc's rates and sizes share, in decimal arithmetic: what tc's floating point rounds
/// away is kept.
/// </summary>
internal static class UnitNumber
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads number and unit; without a unit the number is taken as it is.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, ReadOnlySpan<(string Name, decimal Scale)> units, out decimal value)
    {
        var (number, scale) = Split(text, units);
        value = 0;
        if (!IsWellFormed(number) || !decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var parsed) || parsed > decimal.MaxValue / scale)
            return false;
        value = parsed * scale;
        return true;
    }

    /// <summary>Whether the text has the right form, however large its number is.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text, ReadOnlySpan<(string Name, decimal Scale)> units) => IsWellFormed(Split(text, units).Number);

    private static NumberAndScale Split(ReadOnlySpan<char> text, ReadOnlySpan<(string Name, decimal Scale)> units)
    {
        foreach (var (name, scale) in units)
        {
            if (text.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                return new(text[..^name.Length], scale);
        }

        return new(text, 1);
    }

    /// <summary>digits [. digits] [e [+-] digits], and a digit on at least one side of the point.</summary>
    private static bool IsWellFormed(ReadOnlySpan<char> number)
    {
        var rest = number;
        var whole = SkipDigits(ref rest);
        var fraction = 0;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = SkipDigits(ref rest);
        }

        if (whole + fraction == 0)
            return false;
        if (rest is not ['e' or 'E', ..])
            return rest.IsEmpty;
        rest = rest[1..];
        if (rest is ['+' or '-', ..])
            rest = rest[1..];
        return SkipDigits(ref rest) > 0 && rest.IsEmpty;
    }

    private static int SkipDigits(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? rest.Length : end;
        rest = rest[count..];
        return count;
    }

    private readonly ref struct NumberAndScale(ReadOnlySpan<char> number, decimal scale)
    {
        public ReadOnlySpan<char> Number { get; } = number;

        public void Deconstruct(out ReadOnlySpan<char> numberText, out decimal factor)
        {
            numberText = Number;
            factor = scale;
        }
    }
}
