namespace VffNetlink.Route;

/// <summary>Which addresses a dump has. The kernel leaves out the others; the default value has all.</summary>
public readonly record struct AddressFilter
{
    /// <summary>Addresses of this family.</summary>
    public InetFamily Family { get; init; }

    /// <summary>Addresses of this link; null: of all.</summary>
    public int? LinkIndex { get; init; }
}
