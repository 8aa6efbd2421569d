namespace VffNetlink.Conntrack;

/// <summary>Labels under a mask: to set them changes the mask's labels alone; to look for them compares those alone. The default value changes nothing and matches everything.</summary>
public readonly record struct MaskedLabels
{
    /// <summary>Some labels.</summary>
    /// <param name="value">Those of them that are to be set; the others of the mask are to be cleared.</param>
    /// <param name="mask">Which ones are meant.</param>
    /// <exception cref="ArgumentException">The value has labels outside the mask, which the kernel would flip.</exception>
    public MaskedLabels(ConntrackLabels value, ConntrackLabels mask)
    {
        if ((value & ~mask) != default)
            throw new ArgumentException($"The labels {value} are not all in their mask {mask}.", nameof(value));
        Value = value;
        Mask = mask;
    }

    /// <summary>All labels of a flow.</summary>
    public MaskedLabels(ConntrackLabels value)
        : this(value, ConntrackLabels.All)
    {
    }

    /// <summary>The labels that are set; none is outside <see cref="Mask"/>.</summary>
    public ConntrackLabels Value { get; }

    /// <summary>The labels that are meant.</summary>
    public ConntrackLabels Mask { get; }

    /// <summary>Whether labels are so: those of the mask that are meant to be set are, and no others of it.</summary>
    public bool Matches(ConntrackLabels labels) => (labels & Mask) == Value;

    /// <summary>What becomes of a flow's labels when these are set.</summary>
    public ConntrackLabels ApplyTo(ConntrackLabels labels) => (labels & ~Mask) | Value;

    /// <summary>Such as <c>5/5,6</c>, or <c>5</c> for all labels of a flow.</summary>
    public override string ToString() => Mask == ConntrackLabels.All ? $"{Value}" : $"{Value}/{Mask}";
}
