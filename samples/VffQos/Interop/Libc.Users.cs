using System.Runtime.InteropServices;

namespace VffQos.Interop;

/// <content>Who we are.</content>
internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUser();
}
