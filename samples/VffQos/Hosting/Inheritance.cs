using System.Globalization;
using VffNetlink.Conntrack;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Hosting;

/// <summary>
/// What earlier runs left, read before anything is changed: which numbers connections and flows bear, and under which bits. A user
/// who has no mark yet must get none that is borne, whoever made it; marks under a mask that is not the configured one move.
/// </summary>
internal sealed class Inheritance
{
    /// <summary>The fact that holds the masks under which connections may bear our marks.</summary>
    public const string MasksFact = "markMask";

    /// <summary>The fact that holds the ports of all configurations since the last <c>absent</c>.</summary>
    public const string PortsFact = "ports";

    private readonly MarkSpace _space;
    private readonly IReadOnlyList<MarkSpace> _former;
    private readonly IReadOnlyList<MarkedFlow> _entries;
    private readonly Dictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> _elements;
    private readonly Dictionary<ushort, string> _names;

    /// <summary>What entries and elements say, met by what the state says.</summary>
    /// <param name="config">The mask.</param>
    /// <param name="state">Who had which index.</param>
    /// <param name="entries">Every entry that has one of <see cref="BitsOf"/> in its mark.</param>
    /// <param name="elements">What is in the flow table.</param>
    public Inheritance(VffQosConfig config, StateContents state, IReadOnlyList<MarkedFlow> entries,
        IReadOnlyDictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> elements)
    {
        _space = config.Marks;
        _former = [.. SpacesOf(config, state.Facts.GetValueOrDefault(MasksFact)).Where(space => space.Mask != config.Marks.Mask)];
        _entries = entries;
        _elements = new(elements);
        _names = state.Users.ToDictionary(static user => user.Index, static user => user.Name);
    }

    /// <summary>What was in the flow table, and since <see cref="Fill"/> is.</summary>
    public IReadOnlyDictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> Elements => _elements;

    /// <summary>Whether an earlier run had another mask.</summary>
    public bool HasFormerMask => _former.Count > 0;

    /// <summary>The bits by which entries are to be looked for.</summary>
    public static uint BitsOf(VffQosConfig config, string? masks) => SpacesOf(config, masks).Aggregate(config.Marks.Mask, static (bits, space) => bits | space.Mask);

    /// <summary>Reads it from the kernel.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    public static Inheritance Read(VffQosConfig config, StateContents state, ConntrackFlows conntrack, IShaper shaper)
    {
        var sink = new ElementSink([]);
        shaper.LeftFlows.Dump(ref sink);
        return new Inheritance(config, state, conntrack.Marked(BitsOf(config, state.Facts.GetValueOrDefault(MasksFact))), sink.Elements);
    }

    /// <summary>Everything that makes a connection's mark ours, as the state tells it.</summary>
    public static OurMarks OursOf(VffQosConfig config, StateContents state)
    {
        var marks = new OurMarks(SpacesOf(config, state.Facts.GetValueOrDefault(MasksFact)), PortsOf(config, state.Facts.GetValueOrDefault(PortsFact)));
        foreach (var user in state.Users)
            marks.AddIndex(user.Index);
        return marks;
    }

    /// <summary>The configured ports and those of a fact.</summary>
    public static HashSet<ushort> PortsOf(VffQosConfig config, string? fact)
    {
        var ports = config.Sources.SelectMany(static s => s.Ports).ToHashSet();
        foreach (var word in Words(fact))
        {
            if (ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                ports.Add(port);
        }

        return ports;
    }

    /// <summary>The fact that holds some ports.</summary>
    public static string TextOf(IEnumerable<ushort> ports) => string.Join(' ', ports.Order().Select(static port => port.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The fact that holds some masks.</summary>
    public static string TextOf(IEnumerable<uint> masks) => string.Join(' ', masks.Select(static mask => "0x" + mask.ToString("x8", CultureInfo.InvariantCulture)));

    /// <summary>The indexes that are somebody's already, whether or not anybody knows whose.</summary>
    public HashSet<ushort> Borne()
    {
        // What moves bears another mark in a moment.
        var borne = _space.IndexesOf(_entries.Where(entry => FormerUserOf(entry) is null).Select(static entry => entry.Mark));
        borne.UnionWith(Elements.Values.Select(static element => element.Index));
        return borne;
    }

    /// <summary>
    /// Puts the flow of every connection that bears a user's mark into the table: where the data plane before was another, they would pass past all
    /// limits until the flow engine has taken them over.
    /// </summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused.</exception>
    public void Fill(IFlowTable table, MarkRegistry marks)
    {
        if (!table.IsNeeded)
            return;
        var put = new List<ConntrackTuple>();
        foreach (var entry in _entries)
        {
            var user = !entry.IsClients ? null : FormerUserOf(entry) is { } name ? UserOf(name, marks) : marks.FindByMark(entry.Mark);
            if (user is null || (_elements.TryGetValue(entry.Tuple, out var element) && element == (user.Index, entry.ConntrackId)))
                continue;
            table.Put(entry.Tuple, user.Index, entry.ConntrackId);
            _elements[entry.Tuple] = (user.Index, entry.ConntrackId);
            put.Add(entry.Tuple);
        }

        if (table.Commit() == 0)
            return;
        // Some found no room, and nobody knows which: as nobody's they are put once more, and counted, or removed.
        foreach (var tuple in put)
            _elements[tuple] = default;
    }

    /// <summary>
    /// How our marks come under the mask, in two steps before and after the look-ups do, so that no connection is ever taken for another
    /// user's. Where the masks share no bit a connection bears both marks meanwhile, and stays in its class.
    /// </summary>
    /// <param name="marks">Who has which mark now.</param>
    public MaskChange Change(MarkRegistry marks)
    {
        var change = new MaskChange(_space.Mask, [.. _former.Select(static space => space.Mask)]);
        foreach (var entry in _entries)
        {
            if (FormerUserOf(entry) is { } name)
                change.Add(entry.Tuple, UserOf(name, marks)?.Mark ?? 0);
        }

        return change;
    }

    private static MarkedUser? UserOf(string name, MarkRegistry marks) => marks.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out var user) ? user : null;

    /// <summary>Whose mark an entry bears under a former mask; null where it bears no user's.</summary>
    private string? FormerUserOf(in MarkedFlow entry)
    {
        if (!entry.IsClients)
            return null;
        foreach (var space in _former)
        {
            if (space.TryGetIndex(entry.Mark, out var index) && _names.TryGetValue(index, out var name))
                return name;
        }

        return null;
    }

    /// <summary>The masks of a fact; the configured one where there is no fact.</summary>
    private static List<MarkSpace> SpacesOf(VffQosConfig config, string? fact)
    {
        var spaces = new List<MarkSpace>();
        foreach (var word in Words(fact))
        {
            if (word.StartsWith("0x", StringComparison.Ordinal) && uint.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask)
                && System.Numerics.BitOperations.PopCount(mask) > 1)
                spaces.Add(new MarkSpace(mask));
        }

        if (spaces.Count == 0)
            spaces.Add(config.Marks);
        return spaces;
    }

    private static string[] Words(string? fact) => fact?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private readonly struct ElementSink(Dictionary<ConntrackTuple, (ushort, uint)> elements) : IFlowTableSink
    {
        public Dictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> Elements { get; } = elements;

        public void Flow(in ConntrackTuple tuple, ushort index, uint conntrackId) => Elements[tuple] = (index, conntrackId);
    }
}
