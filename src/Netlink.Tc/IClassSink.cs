namespace VffNetlink.Tc;

/// <summary>Takes classes as a dump brings them. A struct, so that nothing is allocated.</summary>
public interface IClassSink
{
    /// <summary>A class; the view is valid during the call.</summary>
    void Class(scoped in ClassView view);
}
