using System.Runtime.InteropServices;
using VffNetlink;
using VffQos.Sources;

namespace VffQos.Flows;

/// <summary>
/// Lines whose flow conntrack does not hold yet. Conntrack tells of the flow when it appears, and <see cref="TryTake"/> then has its
/// lines; being looked for now and then, ever more rarely, is for flows that events do not tell of. Bounded: where it is full
/// the line that waited longest makes room, and no client has more than a share of it. Its arrays stay.
/// </summary>
/// <param name="capacity">How many lines wait at most.</param>
/// <param name="patience">How long a line waits, in milliseconds.</param>
internal sealed class WaitingLines(int capacity, long patience)
{
    /// <summary>Lines of one endpoint that differ in their user, transport or source.</summary>
    private const int MaximumPerEndpoint = 8;

    /// <summary>From here on a client's further lines skip the first attempts.</summary>
    private const int Crowd = 64;

    private const int AttemptsSkipped = 3;

    /// <summary>Until the attempt of this number.</summary>
    private static ReadOnlySpan<int> Delays => [5, 40, 320, 1280, 2560];

    private readonly Dictionary<ClientEndpoint, int> _heads = [];
    private readonly Dictionary<InetAddress, int> _ofClient = [];
    private readonly PriorityQueue<Ticket, long>[] _due = [.. Enumerable.Range(0, Delays.Length).Select(static _ => new PriorityQueue<Ticket, long>())];
    private readonly Queue<Ticket> _order = new();
    private readonly int _maximumPerClient = Math.Max(1, capacity / 16);
    private Slot[] _slots = [];
    private int _free = -1;
    private int _used;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a line of this client waits.</summary>
    public bool Has(in ClientEndpoint client) => Count > 0 && _heads.ContainsKey(client);

    /// <summary>Lets a line wait with the one before it that says the same, which then waits as long as this one.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryMerge(in PendingLine line)
    {
        if (Count == 0 || !_heads.TryGetValue(line.Client, out var at))
            return false;
        for (; at >= 0; at = _slots[at].Next)
        {
            ref var waiting = ref _slots[at].Line;
            if (waiting.User != line.User || waiting.Transport != line.Transport || waiting.Source != line.Source)
                continue;
            waiting = waiting with
            {
                Line = Math.Max(waiting.Line, line.Line),
                Since = Math.Max(waiting.Since, line.Since),
                IsHistory = waiting.IsHistory && line.IsHistory,
            };
            _slots[at].IsRenewed = true;
            return true;
        }

        return false;
    }

    /// <summary>Takes a line that was looked for in vain.</summary>
    /// <returns>How many lines found no room, which may be one that waited before.</returns>
    public int Add(in PendingLine line, long now)
    {
        if (TryMerge(line))
            return 0;
        if (_heads.TryGetValue(line.Client, out var head) && LengthOf(head) >= MaximumPerEndpoint)
            return 1;
        var client = ClientOf(line.Client.Address);
        var ofClient = _ofClient.GetValueOrDefault(client);
        if (ofClient >= _maximumPerClient)
            return 1;
        var dropped = 0;
        if (Count >= capacity)
        {
            Trim();
            Remove(_order.Dequeue().Slot);
            dropped = 1;
        }

        var at = Take();
        var attempt = ofClient >= Crowd ? Math.Max(line.Attempt, AttemptsSkipped) : line.Attempt;
        ref var slot = ref _slots[at];
        slot = new Slot
        {
            Line = line with { Attempt = attempt + 1 },
            Next = _heads.TryGetValue(line.Client, out head) ? head : -1,
            Generation = slot.Generation + 1,
            IsUsed = true,
        };
        _heads[line.Client] = at;
        _ofClient[client] = _ofClient.GetValueOrDefault(client) + 1;
        Count++;
        var ticket = new Ticket(at, slot.Generation);
        var step = Math.Min(attempt, Delays.Length - 1);
        // The last attempt is when the patience ends.
        _due[step].Enqueue(ticket, Math.Min(now + Delays[step], Math.Max(now + 1, line.Since + patience)));
        Trim();
        _order.Enqueue(ticket);
        return dropped;
    }

    /// <summary>Takes a line that is to be looked for: where many are due, one that was looked for more rarely.</summary>
    public bool TryTakeDue(long now, out PendingLine line)
    {
        foreach (var queue in _due)
        {
            while (queue.TryPeek(out var ticket, out var due) && (due <= now || !IsValid(ticket)))
            {
                queue.Dequeue();
                if (!IsValid(ticket))
                    continue;
                line = _slots[ticket.Slot].Line;
                Remove(ticket.Slot);
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <summary>When <see cref="TryTakeDue"/> has a line next; null where none waits.</summary>
    public long? NextDue
    {
        get
        {
            long? next = null;
            foreach (var queue in _due)
            {
                while (queue.TryPeek(out var ticket, out var due))
                {
                    if (IsValid(ticket))
                    {
                        next = Math.Min(next ?? long.MaxValue, due);
                        break;
                    }

                    queue.Dequeue();
                }
            }

            return next;
        }
    }

    /// <summary>Takes a line of a client whose flow appeared.</summary>
    public bool TryTake(in ClientEndpoint client, out PendingLine line)
    {
        if (Count == 0 || !_heads.TryGetValue(client, out var at))
        {
            line = default;
            return false;
        }

        line = _slots[at].Line;
        Remove(at);
        return true;
    }

    /// <summary>Gives up lines that waited longer than the patience, should there have been no time to look for them.</summary>
    /// <returns>How many.</returns>
    public int Expire(long now)
    {
        var expired = 0;
        for (Trim(); _order.TryPeek(out var ticket); Trim())
        {
            ref var slot = ref _slots[ticket.Slot];
            if (slot.IsRenewed)
            {
                // Others that say the same came after it: it goes behind those that came meanwhile.
                slot.IsRenewed = false;
                _order.Enqueue(_order.Dequeue());
                continue;
            }

            if (now - slot.Line.Since <= patience)
                break;
            Remove(ticket.Slot);
            expired++;
        }

        return expired;
    }

    /// <summary>IPv6 clients have a whole /64 to choose from.</summary>
    private static InetAddress ClientOf(in InetAddress address)
    {
        if (!address.IsIPv6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.AsSpan()[..8].CopyTo(bytes);
        return new InetAddress(bytes);
    }

    private bool IsValid(in Ticket ticket) => _slots[ticket.Slot].IsUsed && _slots[ticket.Slot].Generation == ticket.Generation;

    /// <summary>The head of the order is a line that still waits, or there is none.</summary>
    private void Trim()
    {
        while (_order.TryPeek(out var ticket) && !IsValid(ticket))
            _order.Dequeue();
    }

    private int LengthOf(int head)
    {
        var length = 0;
        for (; head >= 0; head = _slots[head].Next)
            length++;
        return length;
    }

    private int Take()
    {
        if (_free >= 0)
        {
            var at = _free;
            _free = _slots[at].Next;
            return at;
        }

        if (_used == _slots.Length)
            Array.Resize(ref _slots, Math.Max(64, _used * 2));
        return _used++;
    }

    private void Remove(int at)
    {
        ref var slot = ref _slots[at];
        var endpoint = slot.Line.Client;
        ref var link = ref CollectionsMarshal.GetValueRefOrNullRef(_heads, endpoint);
        while (link != at)
            link = ref _slots[link].Next;
        link = slot.Next;
        if (_heads[endpoint] < 0)
            _heads.Remove(endpoint);
        var client = ClientOf(endpoint.Address);
        if (--CollectionsMarshal.GetValueRefOrNullRef(_ofClient, client) == 0)
            _ofClient.Remove(client);
        slot.Line = default;
        slot.IsUsed = false;
        slot.Next = _free;
        _free = at;
        Count--;
    }

    private readonly record struct Ticket(int Slot, uint Generation);

    private struct Slot
    {
        public PendingLine Line;
        public int Next;
        public uint Generation;
        public bool IsUsed;
        public bool IsRenewed;
    }
}
