using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>Routing rules.</content>
public sealed partial class RouteClient
{
    /// <summary>All routing rules.</summary>
    /// <param name="family">Of one family, in their order; unspecified: of every family that has rules.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the rules changed during each of several dumps.</exception>
    public IReadOnlyList<RoutingRule> GetRules(InetFamily family = InetFamily.Unspecified)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETRULE, NLM_F.NLM_F_DUMP);
        message.PutHeader<fib_rule_hdr, FRA>(new fib_rule_hdr { family = (byte)family });
        return _socket.Dump(message.Message, RouteCatalog.Rules, "RTM_GETRULE", static (scoped in NetlinkMessage m) => RuleView.TryRead(m, out var view) ? view.ToRecord() : null, limit: _limit);
    }

    /// <summary>Hands all routing rules to a sink, as they come. Allocates nothing per rule.</summary>
    /// <param name="family">Of one family, in their order; unspecified: of every family that has rules.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the rules changed during the dump, so that some may be missing or doubled.</param>
    public bool TryDumpRules<TSink>(InetFamily family, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<RuleView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETRULE, NLM_F.NLM_F_DUMP);
        message.PutHeader<fib_rule_hdr, FRA>(new fib_rule_hdr { family = (byte)family });
        return TryDump<RuleView, TSink>(message.Message, RouteCatalog.Rules, ref sink, out error);
    }

    /// <summary>Adds a routing rule (<c>RTM_NEWRULE</c>, exclusive).</summary>
    /// <param name="rule">The rule. One that looks up and names no table looks up in <c>main</c>.</param>
    /// <param name="error">EEXIST where the very same one is there.</param>
    /// <exception cref="ArgumentException">An address is not of the rule's family, or has no prefix length.</exception>
    public bool TryAddRule(RoutingRule rule, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return TrySend(RTM.RTM_NEWRULE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL, rule.WithTable, out error);
    }

    /// <summary>Adds a routing rule. One that looks up and names no table looks up in <c>main</c>.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddRule(RoutingRule rule)
    {
        if (!TryAddRule(rule, out var error))
            throw new NetlinkException(error, $"RTM_NEWRULE {rule.WithTable}");
    }

    /// <summary>Removes a routing rule (<c>RTM_DELRULE</c>): the first one that has all that is said.</summary>
    /// <param name="rule">What it has; priority and whatever tells it from others.</param>
    /// <param name="error">ENOENT where there is none.</param>
    /// <exception cref="ArgumentException">An address is not of the rule's family, or has no prefix length.</exception>
    public bool TryDeleteRule(RoutingRule rule, out NetlinkError error) => TrySend(RTM.RTM_DELRULE, NLM_F.NONE, rule, out error);

    /// <summary>Removes a routing rule: the first one that has all that is said.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteRule(RoutingRule rule)
    {
        if (!TryDeleteRule(rule, out var error))
            throw new NetlinkException(error, $"RTM_DELRULE {rule}");
    }
}
