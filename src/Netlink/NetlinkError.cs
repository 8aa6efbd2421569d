using System.Text;

namespace VffNetlink;

/// <summary>
/// The kernel's answer to one request. The strings come from a bounded cache: meeting the same refusal again allocates nothing.
/// </summary>
public readonly record struct NetlinkError
{
    /// <summary>An error without the kernel's explanation.</summary>
    /// <param name="errno">A positive error number, 0 for success.</param>
    public NetlinkError(int errno) => Number = errno;

    /// <summary>The positive error number; 0 where the request was carried out.</summary>
    public int Number { get; init; }

    /// <summary>The name of <see cref="Number"/>, such as <c>EEXIST</c>.</summary>
    public string Name => Errno.NameOf(Number);

    /// <summary>Whether the request was carried out.</summary>
    public bool IsSuccess => Number == 0;

    /// <summary>
    /// What was asked: the message's type, the kind, the device by the name that the request has, else by its index
    /// (<c>RTM_NEWQDISC htb on index 4</c>). Null with a success without a warning, and where the request was sent without a space that knows its messages.
    /// </summary>
    public string? Request { get; init; }

    /// <summary>The kernel's own words (<c>NLMSGERR_ATTR_MSG</c>), where it gave some; with a success it is a warning.</summary>
    public string? Message { get; init; }

    /// <summary>The attribute that the kernel objects to, as a path of names: <c>TCA_OPTIONS/TCA_HTB_PARMS</c>.</summary>
    public string? Attribute { get; init; }

    /// <summary>Where that attribute starts, in bytes from the start of the request (<c>NLMSGERR_ATTR_OFFS</c>).</summary>
    public int? AttributeOffset { get; init; }

    /// <summary>What the kernel wants of <see cref="Attribute"/>: its type and range, where it says so (<c>NLMSGERR_ATTR_POLICY</c>).</summary>
    public AttributePolicy? Policy { get; init; }

    /// <summary>The attribute that the kernel misses, as a path of names, or of a number where the name is not known (Linux 6.1).</summary>
    public string? MissingAttribute { get; init; }

    /// <summary>Such as <c>EINVAL: Invalid handle (TCA_OPTIONS/TCA_HTB_PARMS)</c>; what was asked is not part of it.</summary>
    public override string ToString()
    {
        if (Number == 0 && Message is null)
            return "success";
        var text = new StringBuilder(Name);
        if (Message is not null)
            text.Append(": ").Append(Message);
        if (Attribute is not null)
            text.Append(" (").Append(Attribute).Append(')');
        if (Policy is not null)
            text.Append(", expected ").Append(Policy);
        if (MissingAttribute is not null)
            text.Append(", missing ").Append(MissingAttribute);
        return text.ToString();
    }
}
