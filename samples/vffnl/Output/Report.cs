using System.Globalization;
using VffNetlink;

namespace Vffnl.Output;

/// <summary>
/// Where objects go, field by field, under the names that <c>ip -j</c> or docs/vffnl.md gives them: what writes an object does not know whether JSON or
/// text becomes of it.
/// </summary>
internal abstract class Report
{
    /// <summary>Begins an object: one of the list, an element of an array, or (with a name) a field of another one.</summary>
    public abstract void BeginObject(string? name = null);

    /// <summary>Ends the object that was begun last.</summary>
    public abstract void EndObject();

    /// <summary>Begins an array of objects or of strings.</summary>
    public abstract void BeginArray(string name);

    /// <summary>Ends the array that was begun last.</summary>
    public abstract void EndArray();

    /// <summary>A string in an array.</summary>
    public abstract void Item(string value);

    /// <summary>A number in an array.</summary>
    public abstract void Item(long value);

    /// <summary>A string.</summary>
    public abstract void Text(string name, string value);

    /// <summary>An address.</summary>
    public abstract void Address(string name, InetAddress value);

    /// <summary>A number.</summary>
    public abstract void Number(string name, long value);

    /// <summary>A number.</summary>
    public abstract void Number(string name, ulong value);

    /// <summary>Hundredths, told with two decimals.</summary>
    public abstract void Hundredths(string name, ulong value);

    /// <summary>Seconds that something lasts; null, which JSON tells as the largest number of 32 bits, is forever.</summary>
    public abstract void Lifetime(string name, uint? seconds);

    /// <summary>Yes or no.</summary>
    public abstract void Flag(string name, bool value);

    /// <summary>What is there, and has no value.</summary>
    public abstract void Mark(string name);

    /// <summary>Hands on what was written so far, or, of a list, keeps it until there is enough of it. Only between objects.</summary>
    public abstract void Flush();

    /// <summary>Bytes in hexadecimal.</summary>
    public void Bytes(string name, ReadOnlySpan<byte> value) => Text(name, Convert.ToHexStringLower(value));

    /// <summary>A string, where there is one.</summary>
    public void TextIf(string name, string? value)
    {
        if (value is not null)
            Text(name, value);
    }

    /// <summary>A number, where there is one.</summary>
    public void NumberIf(string name, ulong? value)
    {
        if (value is { } number)
            Number(name, number);
    }

    /// <summary>Yes or no, where it is known.</summary>
    public void FlagIf(string name, bool? value)
    {
        if (value is { } flag)
            Flag(name, flag);
    }

    /// <summary>Yes or no as 1 or 0, where it is known.</summary>
    public void BitIf(string name, bool? value)
    {
        if (value is { } flag)
            Number(name, flag ? 1L : 0L);
    }

    /// <summary>Yes, or nothing.</summary>
    public void FlagIfSet(string name, bool value)
    {
        if (value)
            Flag(name, true);
    }

    /// <summary>Hundredths, where they are known.</summary>
    public void HundredthsIf(string name, ulong? value)
    {
        if (value is { } hundredths)
            Hundredths(name, hundredths);
    }

    /// <summary>A number as C's <c>%#x</c> tells it, which has no prefix for 0.</summary>
    public void Hex(string name, ulong value) => Text(name, value == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}"));

    /// <summary>A number as <see cref="Hex"/> tells it, where there is one.</summary>
    public void HexIf(string name, ulong? value)
    {
        if (value is { } number)
            Hex(name, number);
    }

    /// <summary>A number by its name, or (under another name) as it is where it has none.</summary>
    public void Named(string name, string numberName, ReadOnlySpan<string> names, byte? value)
    {
        if (value is { } number && number < names.Length)
            Text(name, names[number]);
        else
            NumberIf(numberName, value);
    }
}
