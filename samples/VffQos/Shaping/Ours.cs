using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The names that everything of ours in the kernel bears, so that it is known again after any death.</summary>
internal static class Ours
{
    /// <summary>The alias of our IFB.</summary>
    public const string Alias = "vffqos";

    /// <summary>The name of our tables.</summary>
    public const string Table = "vffqos";

    /// <summary>The minor number of the class that all others of a device are under.</summary>
    public const ushort RootClass = 1;

    /// <summary>The minor number of the class of traffic that is no user's.</summary>
    public const ushort DefaultClass = 0xfffe;

    /// <summary>The tc chain with a filter per user, which only packets without a foreign mark reach.</summary>
    public const uint UserChain = 0x7ff1;

    /// <summary>The tc chain that redirects whatever reaches it.</summary>
    public const uint RedirectChain = 0x7ff2;

    /// <summary>The priority of our first filter in the WAN's chain 0: behind whatever else anybody has there.</summary>
    public const ushort FilterPriority = 65520;

    /// <summary>The root of the WAN. Neither tc's examples nor the kernel's own choice (from 8000: on) come to such a handle.</summary>
    public static TcHandle WanRoot { get; } = new(0x7ff1, 0);

    /// <summary>The root of the IFB.</summary>
    public static TcHandle IfbRoot { get; } = new(0x7ff2, 0);

    /// <summary>A class of one of our roots.</summary>
    public static TcHandle Class(TcHandle root, ushort minor) => new(root.Major, minor);

    /// <summary>
    /// The handle of a class's leaf: the class's minor number, so that 65,000 leaves do not have to share the 32,768 that the
    /// kernel gives out. The one class whose number is the root's takes 1, which is no leaf's.
    /// </summary>
    public static TcHandle Leaf(TcHandle root, ushort minor) => new(minor == root.Major ? RootClass : minor, 0);
}
