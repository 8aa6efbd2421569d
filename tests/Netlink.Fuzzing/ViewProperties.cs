using System.Reflection;

namespace VffNetlink.Fuzzing;

/// <summary>Reads every public property of a view: found, not listed, so that one that is added is read, too.</summary>
/// <typeparam name="TView">The view.</typeparam>
internal static class ViewProperties<TView>
    where TView : struct, allows ref struct
{
    private static readonly Touch[] All =
    [
        .. typeof(TView).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static p => p.GetMethod is not null && p.GetIndexParameters().Length == 0)
            .Select(static p => (Touch)typeof(ViewProperties<TView>).GetMethod(nameof(TouchOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(p.PropertyType).Invoke(null, [p.GetMethod])!),
    ];

    private delegate TValue Getter<TValue>(ref TView view)
        where TValue : allows ref struct;

    private delegate void Touch(ref TView view);

    /// <summary>Reads them one by one, so that one that refuses does not spare the others.</summary>
    /// <exception cref="NetlinkFormatException">One refused.</exception>
    public static void Read(ref TView view)
    {
        NetlinkFormatException? refusal = null;
        foreach (var touch in All)
        {
            try
            {
                touch(ref view);
            }
            catch (NetlinkFormatException exception)
            {
                refusal = exception;
            }
        }

        if (refusal is not null)
            throw refusal;
    }

    private static Touch TouchOf<TValue>(MethodInfo getter)
        where TValue : allows ref struct
    {
        var get = getter.CreateDelegate<Getter<TValue>>();
        return (ref view) => get(ref view);
    }
}
