using System.Reflection;
using System.Runtime.InteropServices;

namespace VffNetlink.Tests;

public partial class ErrnoTests
{
    [Fact]
    public void Names_Are_Those_Of_The_C_Library()
    {
        Assert.SkipUnless(NativeLibrary.TryGetExport(NativeLibrary.Load("libc.so.6"), "strerrorname_np", out _), "needs glibc 2.32 or later");
        for (var number = 1; number < 134; number++)
            Assert.Equal((number, Marshal.PtrToStringUTF8(NameOf(number)) ?? $"errno {number}"), (number, Errno.NameOf(number)));
        Assert.Equal(["success", "ENOTSUPP", "errno 4095"], [Errno.NameOf(0), Errno.NameOf(524), Errno.NameOf(4095)]);
    }

    [Fact]
    public void Constants_Are_Named_After_Themselves()
    {
        foreach (var field in typeof(Errno).GetFields(BindingFlags.Public | BindingFlags.Static))
            Assert.Equal(field.Name, Errno.NameOf((int)field.GetRawConstantValue()!));
    }

    [LibraryImport("libc.so.6", EntryPoint = "strerrorname_np")]
    private static partial nint NameOf(int number);
}
