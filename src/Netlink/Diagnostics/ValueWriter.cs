using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>Writes a value; false, whatever was written, where the bytes are no such value. It must not throw.</summary>
/// <param name="bytes">The payload; of any length.</param>
/// <param name="text">Where the value goes.</param>
public delegate bool ValueWriter(ReadOnlySpan<byte> bytes, StringBuilder text);
