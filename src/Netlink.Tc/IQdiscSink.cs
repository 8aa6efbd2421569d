namespace VffNetlink.Tc;

/// <summary>Takes qdiscs as a dump brings them. A struct, so that nothing is allocated.</summary>
public interface IQdiscSink
{
    /// <summary>A qdisc; the view is valid during the call.</summary>
    void Qdisc(scoped in QdiscView view);
}
