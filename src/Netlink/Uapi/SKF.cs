namespace VffNetlink.Uapi;

/// <summary>What classic BPF loads from places outside the datagram, the kernel's own additions (<c>linux/filter.h</c>).</summary>
public static class SKF
{
    /// <summary>Where they begin.</summary>
    public const int SKF_AD_OFF = -0x1000;

    /// <summary>The place of the attribute whose number is in the index register, looked for from the accumulator's place to the end; 0: there is none.</summary>
    public const int SKF_AD_NLATTR = 12;

    /// <summary>The place of the attribute whose number is in the index register, inside the nest at the accumulator's place; 0: there is none.</summary>
    public const int SKF_AD_NLATTR_NEST = 16;
}
