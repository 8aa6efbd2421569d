using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>Numbers that have names.</summary>
internal sealed class EnumFormat<TEnum> : ValueFormat
    where TEnum : unmanaged, Enum
{
    private readonly bool _bigEndian;

    private EnumFormat(bool bigEndian) => _bigEndian = bigEndian;

    public static EnumFormat<TEnum> Native { get; } = new(bigEndian: false);

    public static EnumFormat<TEnum> BigEndian { get; } = new(bigEndian: true);

    public override bool TryWrite(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (!Integer.TryRead(bytes, _bigEndian, out var number))
            return false;
        var bits = 8 * Math.Min(Unsafe.SizeOf<TEnum>(), bytes.Length);
        var known = bits == 64 ? number : number & ((1UL << bits) - 1);
        // A number that the enum has no room for has no name either.
        if (known == number && NameOf(number) is { } name)
            text.Append(name);
        else
            text.Append(CultureInfo.InvariantCulture, $"{number}");
        return true;
    }

    private static string? NameOf(ulong number)
    {
        var value = default(TEnum);
        switch (Unsafe.SizeOf<TEnum>())
        {
            case 1:
                Unsafe.As<TEnum, byte>(ref value) = (byte)number;
                break;
            case 2:
                Unsafe.As<TEnum, ushort>(ref value) = (ushort)number;
                break;
            case 4:
                Unsafe.As<TEnum, uint>(ref value) = (uint)number;
                break;
            default:
                Unsafe.As<TEnum, ulong>(ref value) = number;
                break;
        }

        var text = value.ToString();
        // A number stays one: with a sign, or flags of which some have no name, or none, for which C has no name either.
        return (number == 0 && text == "NONE") || char.IsAsciiDigit(text[0]) || text[0] == '-' ? null : text.Replace(", ", "|", StringComparison.Ordinal);
    }
}
