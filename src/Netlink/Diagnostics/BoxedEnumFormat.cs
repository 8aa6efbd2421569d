using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>A field's enum, whose type is known at run time alone.</summary>
internal sealed class BoxedEnumFormat(Type type) : ValueFormat
{
    public override bool TryWrite(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        if (!Integer.TryRead(bytes, bigEndian: false, out var number))
            return false;
        text.Append(number == 0 && type.IsDefined(typeof(FlagsAttribute), inherit: false) ? "0" : Enum.ToObject(type, number).ToString()!.Replace(", ", "|", StringComparison.Ordinal));
        return true;
    }
}
