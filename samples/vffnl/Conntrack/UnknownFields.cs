using System.Globalization;
using VffNetlink;
using Vffnl.Output;

namespace Vffnl.Conntrack;

/// <summary>What nobody here knows, a newer kernel's attribute, say: told in its place, by its name or its space's with its number, as the bytes that it has.</summary>
internal static class UnknownFields
{
    /// <summary>Writes it into the object that was begun.</summary>
    public static void Write<TAttr>(Report report, scoped in NetlinkAttribute<TAttr> attribute)
        where TAttr : unmanaged, Enum =>
        report.Bytes(Enum.GetName(attribute.Id) ?? string.Create(CultureInfo.InvariantCulture, $"{typeof(TAttr).Name}_{attribute.Type}"), attribute.Payload);
}
