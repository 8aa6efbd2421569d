namespace VffNetlink.Route;

/// <summary>Takes objects as a dump brings them. A struct, so that nothing is allocated.</summary>
/// <typeparam name="TView">The view: <see cref="LinkView"/>, <see cref="RouteView"/> and so on.</typeparam>
public interface IViewSink<TView>
    where TView : struct, allows ref struct
{
    /// <summary>An object; the view is valid during the call.</summary>
    void Take(scoped in TView view);
}
