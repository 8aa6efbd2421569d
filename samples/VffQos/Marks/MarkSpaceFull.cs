namespace VffQos.Marks;

/// <summary>Says that a user got no mark, because others have them all.</summary>
/// <param name="User">Who stays in the default class.</param>
/// <param name="Mask">The bits that are ours.</param>
/// <param name="Capacity">How many users they can tell apart.</param>
internal readonly record struct MarkSpaceFull(string User, uint Mask, int Capacity)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"no mark is left for user \"{User}\", who stays in the default class: all {Capacity} of the mask 0x{Mask:x8} are taken";
}
