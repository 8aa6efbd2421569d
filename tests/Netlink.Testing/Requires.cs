using System.Globalization;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>What a test needs of the machine. What is missing skips the test, with the reason.</summary>
public static class Requires
{
    private const int CapNetAdmin = 12;
    private const int CapSysAdmin = 21;

    /// <summary>The right to make network namespaces and to configure what is in them.</summary>
    public static void Namespaces()
    {
        if (!Has(CapSysAdmin) || !Has(CapNetAdmin))
            Assert.Skip("needs CAP_SYS_ADMIN and CAP_NET_ADMIN to make a network namespace of its own");
    }

    /// <summary>A command-line tool that serves as witness.</summary>
    public static void Tool(string name)
    {
        if (Witness.Find(name) is null)
            Assert.Skip($"needs the witness \"{name}\"");
    }

    /// <summary>Something that the running kernel has or lacks.</summary>
    /// <param name="present">Whether it has it.</param>
    /// <param name="part">Such as <c>cls_fw</c>.</param>
    public static void Kernel(bool present, string part)
    {
        if (!present)
            Assert.Skip($"the running kernel lacks {part}");
    }

    private static bool Has(int capability)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal))
                return (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> capability & 1) != 0;
        }

        return false;
    }
}
