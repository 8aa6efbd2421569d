using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <content>Filters.</content>
public sealed partial class TcClient
{
    /// <summary>Makes a filter.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">EEXIST: it is there already; ENOENT: the kernel lacks the kind; EINVAL: the priority has another kind or protocol.</exception>
    public void AddFilter<T>(in FilterKey key, in T options)
        where T : struct, IFilterOptions
    {
        if (!TryAddFilter(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a filter. Allocates nothing.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">EEXIST: it is there already; ENOENT: the kernel lacks the kind; EINVAL: the priority has another kind or protocol. A success may carry a warning.</param>
    public bool TryAddFilter<T>(in FilterKey key, in T options, out NetlinkError error)
        where T : struct, IFilterOptions => TryPut(TcVerb.Add, key, options, out error);

    /// <summary>Makes a filter and tells what the kernel chose: where the key's handle or priority is 0, only this way finds the filter again.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="made">The filter's complete key. Only matchall's handle is 0 where none was given: the kernel does not tell it.</param>
    /// <exception cref="NetlinkException">EEXIST: it is there already; ENOENT: the kernel lacks the kind; EINVAL: the priority has another kind or protocol.</exception>
    public void AddFilter<T>(in FilterKey key, in T options, out FilterKey made)
        where T : struct, IFilterOptions
    {
        if (!TryAddFilter(key, options, out made, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>
    /// Makes a filter and tells what the kernel chose: where the key's handle or priority is 0, only this way finds the filter again. Allocates
    /// nothing.
    /// </summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="made">The filter's complete key. Only matchall's handle is 0 where none was given: the kernel does not tell it.</param>
    /// <param name="error">EEXIST: it is there already; ENOENT: the kernel lacks the kind; EINVAL: the priority has another kind or protocol. A success may carry a warning.</param>
    [SkipLocalsInit]
    public bool TryAddFilter<T>(in FilterKey key, in T options, out FilterKey made, out NetlinkError error)
        where T : struct, IFilterOptions
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.RoomFor(options));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_NEWTFILTER, TcMessages.FlagsOf(TcVerb.Add) | NLM_F.NLM_F_ECHO);
        TcMessages.PutFilter(message, key, options);
        var sink = default(LastKey);
        var told = TryExchangeFilters(message.Message, ref sink, out error) > 0;
        made = sink.Key.Handle == 0 ? sink.Key with { Handle = key.Handle } : sink.Key;
        return told || Missing(ref error);
    }

    /// <summary>Makes a filter, or changes the one that is there.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">EINVAL: the priority has another kind or protocol.</exception>
    public void ReplaceFilter<T>(in FilterKey key, in T options)
        where T : struct, IFilterOptions
    {
        if (!TryReplaceFilter(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a filter, or changes the one that is there. Allocates nothing.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">EINVAL: the priority has another kind or protocol. A success may carry a warning.</param>
    public bool TryReplaceFilter<T>(in FilterKey key, in T options, out NetlinkError error)
        where T : struct, IFilterOptions => TryPut(TcVerb.Replace, key, options, out error);

    /// <summary>Changes a filter.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none.</exception>
    public void ChangeFilter<T>(in FilterKey key, in T options)
        where T : struct, IFilterOptions
    {
        if (!TryChangeFilter(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Changes a filter. Allocates nothing.</summary>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">ENOENT: there is none. A success may carry a warning.</param>
    public bool TryChangeFilter<T>(in FilterKey key, in T options, out NetlinkError error)
        where T : struct, IFilterOptions => TryPut(TcVerb.Change, key, options, out error);

    /// <summary>Removes one filter.</summary>
    /// <param name="key">All of it: without a handle the kernel would remove all filters of the priority, without a priority those of the chain.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>: one of another kind stays.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none; EINVAL: the priority has another kind.</exception>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    public void DeleteFilter(in FilterKey key, ReadOnlySpan<byte> kind)
    {
        if (!TryDeleteFilter(key, kind, out var error))
            throw Refused(error, $"{RTM_TC.RTM_DELTFILTER} {Encoding.UTF8.GetString(kind)} {key}", key.IfIndex);
    }

    /// <summary>Removes one filter. Allocates nothing.</summary>
    /// <param name="key">All of it: without a handle the kernel would remove all filters of the priority, without a priority those of the chain.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>: one of another kind stays.</param>
    /// <param name="error">ENOENT: there is none; EINVAL: the priority has another kind.</param>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    [SkipLocalsInit]
    public bool TryDeleteFilter(in FilterKey key, ReadOnlySpan<byte> kind, out NetlinkError error)
    {
        TcMessages.CheckComplete(key);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.SmallRoom + kind.Length);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_DELTFILTER, NLM_F.NONE);
        TcMessages.PutFilter(message, key, kind);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    /// <summary>Removes a priority with all its filters, and with what belongs to no single filter, such as the hash tables of u32.</summary>
    /// <param name="key">Link, place, chain, priority and protocol; the handle is not looked at.</param>
    /// <param name="kind">The kind of the filters, such as <c>U32Filter.Kind</c>: those of another stay.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none; EINVAL: the priority has another kind.</exception>
    /// <exception cref="ArgumentException">The key lacks priority or protocol.</exception>
    public void DeleteFilters(in FilterKey key, ReadOnlySpan<byte> kind)
    {
        if (!TryDeleteFilters(key, kind, out var error))
            throw Refused(error, $"{RTM_TC.RTM_DELTFILTER} {Encoding.UTF8.GetString(kind)} {key with { Handle = 0 }}", key.IfIndex);
    }

    /// <summary>Removes a priority with all its filters, and with what belongs to no single filter, such as the hash tables of u32. Allocates nothing.</summary>
    /// <param name="key">Link, place, chain, priority and protocol; the handle is not looked at.</param>
    /// <param name="kind">The kind of the filters, such as <c>U32Filter.Kind</c>: those of another stay.</param>
    /// <param name="error">ENOENT: there is none; EINVAL: the priority has another kind.</param>
    /// <exception cref="ArgumentException">The key lacks priority or protocol.</exception>
    [SkipLocalsInit]
    public bool TryDeleteFilters(in FilterKey key, ReadOnlySpan<byte> kind, out NetlinkError error)
    {
        TcMessages.CheckPriority(key);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.SmallRoom + kind.Length);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_DELTFILTER, NLM_F.NONE);
        TcMessages.PutFilter(message, key with { Handle = 0 }, kind);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    /// <summary>Gets one filter.</summary>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none; EINVAL: the priority has another kind.</exception>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    public TcFilter GetFilter(in FilterKey key, ReadOnlySpan<byte> kind) => TryGetFilter(key, kind, out var filter, out var error)
        ? filter
        : throw Refused(error, $"{RTM_TC.RTM_GETTFILTER} {Encoding.UTF8.GetString(kind)} {key}", key.IfIndex);

    /// <summary>Gets one filter.</summary>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="error">ENOENT: there is none; EINVAL: the priority has another kind.</param>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    [SkipLocalsInit]
    public bool TryGetFilter(in FilterKey key, ReadOnlySpan<byte> kind, [NotNullWhen(true)] out TcFilter? filter, out NetlinkError error)
    {
        TcMessages.CheckComplete(key);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.SmallRoom + kind.Length);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_GETTFILTER, NLM_F.NLM_F_ECHO);
        TcMessages.PutFilter(message, key, kind);
        return _socket.TryGet(message.Message, TcAttributes.Messages, ReadFilter, out filter, out error, _limit);
    }

    /// <summary>Gets one filter and hands it to a sink. Allocates nothing.</summary>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>.</param>
    /// <param name="sink">It must not use this client.</param>
    /// <param name="error">ENOENT: there is none; EINVAL: the priority has another kind.</param>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    [SkipLocalsInit]
    public bool TryGetFilter<TSink>(in FilterKey key, ReadOnlySpan<byte> kind, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFilterSink, allows ref struct
    {
        TcMessages.CheckComplete(key);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.SmallRoom + kind.Length);
        // Kernels before 4.9 needed NLM_F_ECHO to answer, and tc has sent it ever since.
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_GETTFILTER, NLM_F.NLM_F_ECHO);
        TcMessages.PutFilter(message, key, kind);
        return TryExchangeFilters(message.Message, ref sink, out error) > 0 || Missing(ref error);
    }

    /// <summary>Hands the filters of a place to a sink, as they come. Allocates nothing per filter.</summary>
    /// <param name="ifIndex">The link.</param>
    /// <param name="parent">What they classify for; <see cref="TcHandle.None"/>: the root qdisc. A place that does not exist has no filters: the kernel reports no error.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the table changed under the dump, so that filters may be missing or doubled.</param>
    [SkipLocalsInit]
    public bool TryDumpFilters<TSink>(int ifIndex, TcHandle parent, in FilterQuery query, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFilterSink, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTFILTER, NLM_F.NLM_F_DUMP);
        TcMessages.PutFilters(message, ifIndex, parent, query);
        TryExchangeFilters(message.Message, ref sink, out error);
        return error.IsSuccess;
    }

    /// <summary>The filters of a place, with the heads of their priorities. A dump that the table changed under is made again, eight times at most.</summary>
    /// <param name="ifIndex">The link.</param>
    /// <param name="parent">What they classify for; <see cref="TcHandle.None"/>: the root qdisc. A place that does not exist has no filters: the kernel reports no error.</param>
    /// <param name="query">Which of them.</param>
    /// <exception cref="NetlinkException">The table changed under every attempt (EINTR).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<TcFilter> ListFilters(int ifIndex, TcHandle parent, in FilterQuery query = default)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTFILTER, NLM_F.NLM_F_DUMP);
        TcMessages.PutFilters(message, ifIndex, parent, query);
        return _socket.Dump(
            message.Message,
            TcAttributes.Messages,
            $"{RTM_TC.RTM_GETTFILTER} dump of {parent} on ifindex {ifIndex}",
            ReadFilter,
            limit: _limit);
    }

    private static TcFilter? ReadFilter(scoped in NetlinkMessage message) => message.Type == (ushort)RTM_TC.RTM_NEWTFILTER ? new FilterView(message).ToRecord() : null;

    private static string Describe<T>(in T options, in FilterKey key)
        where T : struct, IFilterOptions => $"{RTM_TC.RTM_NEWTFILTER} {Encoding.UTF8.GetString(options.KindName)} {key}";

    [SkipLocalsInit]
    private bool TryPut<T>(TcVerb verb, in FilterKey key, in T options, out NetlinkError error)
        where T : struct, IFilterOptions
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.RoomFor(options));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_NEWTFILTER, TcMessages.FlagsOf(verb));
        TcMessages.PutFilter(message, key, options);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    private int TryExchangeFilters<TSink>(scoped Span<byte> request, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFilterSink, allows ref struct
    {
        var count = 0;
        using var replies = _socket.Exchange(request, TcAttributes.Messages, _limit);
        while (replies.MoveNext())
        {
            if (replies.Current.Type != (ushort)RTM_TC.RTM_NEWTFILTER)
                continue;
            sink.Filter(new FilterView(replies.Current));
            count++;
        }

        error = replies.Outcome;
        return error.IsSuccess ? count : 0;
    }

    private struct LastKey : IFilterSink
    {
        public FilterKey Key { get; private set; }

        public void Filter(scoped in FilterView view) => Key = view.Key;
    }
}
