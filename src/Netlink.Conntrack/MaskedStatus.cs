namespace VffNetlink.Conntrack;

/// <summary>Status bits under a mask, to look for flows that have them or lack them. The default value matches everything.</summary>
public readonly record struct MaskedStatus
{
    /// <summary>Some bits.</summary>
    /// <param name="value">Those of them that a flow must have; the others of the mask it must lack.</param>
    /// <param name="mask">Which ones are meant.</param>
    /// <exception cref="ArgumentException">The value has bits outside the mask, so that nothing could match.</exception>
    public MaskedStatus(FlowStatus value, FlowStatus mask)
    {
        if ((value & ~mask) != 0)
            throw new ArgumentException($"The status {value} has bits outside its mask {mask}.", nameof(value));
        Value = value;
        Mask = mask;
    }

    /// <summary>Bits that a flow must have; the others do not matter.</summary>
    public MaskedStatus(FlowStatus value)
        : this(value, value)
    {
    }

    /// <summary>The bits that a flow must have; none is outside <see cref="Mask"/>.</summary>
    public FlowStatus Value { get; }

    /// <summary>The bits that are meant.</summary>
    public FlowStatus Mask { get; }

    /// <summary>Whether a status is so.</summary>
    public bool Matches(FlowStatus status) => (status & Mask) == Value;

    /// <summary>Such as <c>SeenReply</c>, or <c>None/Assured</c> where bits must be missing.</summary>
    public override string ToString() => Value == Mask ? $"{Value}" : $"{Value}/{Mask}";
}
