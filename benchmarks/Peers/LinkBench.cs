using VffNetlink.Route;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Every link of the namespace.</summary>
internal static class LinkBench
{
    public static int Dump(int count)
    {
        using var routes = RouteClient.Open();
        Report.WarmUp(() => routes.GetLinks(), calls: 40);
        return Report.Time(count, () => Math.Abs(routes.GetLinks().Count - count));
    }
}
