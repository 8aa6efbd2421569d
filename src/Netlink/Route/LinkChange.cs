using System.Globalization;
using System.Text;

namespace VffNetlink.Route;

/// <summary>What to change of a link, or to set on a new one. What is null stays as it is.</summary>
public readonly record struct LinkChange
{
    /// <summary>Administratively up or down.</summary>
    public bool? Up { get; init; }

    /// <summary>At most 255 bytes; the empty string removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>Packets (<c>IFLA_TXQLEN</c>).</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>A new name; the link must be down on kernels before 6.2.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace that it moves to, with a new index perhaps.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>What changes: <c>up, txqlen 1000, alias "shaper"</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Up is { } up)
            text.Append(up ? ", up" : ", down");
        if (TxQueueLength is { } packets)
            text.Append(CultureInfo.InvariantCulture, $", txqlen {packets}");
        if (Mtu is { } bytes)
            text.Append(CultureInfo.InvariantCulture, $", mtu {bytes}");
        if (Alias is not null)
            text.Append(CultureInfo.InvariantCulture, $", alias \"{Alias}\"");
        if (Name is not null)
            text.Append(CultureInfo.InvariantCulture, $", name {Name}");
        if (Namespace is not null)
            text.Append(", to another namespace");
        return text.Length == 0 ? "nothing" : text.ToString(2, text.Length - 2);
    }
}
