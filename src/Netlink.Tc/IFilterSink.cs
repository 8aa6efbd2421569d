namespace VffNetlink.Tc;

/// <summary>Takes filters as a dump brings them. A struct, so that nothing is allocated.</summary>
public interface IFilterSink
{
    /// <summary>A filter; the view is valid during the call.</summary>
    void Filter(scoped in FilterView view);
}
