using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <content>Qdiscs.</content>
public sealed partial class TcClient
{
    /// <summary>Makes a qdisc.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">EEXIST: something hangs there already that the kernel did not put there itself; ENOENT: the kernel lacks the kind; ENODEV: there is no such link.</exception>
    public void AddQdisc<T>(in QdiscKey key, in T options)
        where T : struct, IQdiscOptions
    {
        if (!TryAddQdisc(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a qdisc. Allocates nothing.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">EEXIST: something hangs there already that the kernel did not put there itself; ENOENT: the kernel lacks the kind; ENODEV: there is no such link. A success may carry a warning.</param>
    public bool TryAddQdisc<T>(in QdiscKey key, in T options, out NetlinkError error)
        where T : struct, IQdiscOptions => TryPut(TcVerb.Add, key, options, out error);

    /// <summary>Makes a qdisc, or changes the one of the same kind and handle. Any other that hangs there goes, with all its classes and filters.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">EINVAL: the same kind and handle are there, and the kind cannot be changed, such as htb.</exception>
    public void ReplaceQdisc<T>(in QdiscKey key, in T options)
        where T : struct, IQdiscOptions
    {
        if (!TryReplaceQdisc(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a qdisc, or changes the one of the same kind and handle. Any other that hangs there goes, with all its classes and filters. Allocates nothing.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">EINVAL: the same kind and handle are there, and the kind cannot be changed, such as htb. A success may carry a warning.</param>
    public bool TryReplaceQdisc<T>(in QdiscKey key, in T options, out NetlinkError error)
        where T : struct, IQdiscOptions => TryPut(TcVerb.Replace, key, options, out error);

    /// <summary>Changes a qdisc.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none; EINVAL: the kind cannot be changed.</exception>
    public void ChangeQdisc<T>(in QdiscKey key, in T options)
        where T : struct, IQdiscOptions
    {
        if (!TryChangeQdisc(key, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Changes a qdisc. Allocates nothing.</summary>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">ENOENT: there is none; EINVAL: the kind cannot be changed. A success may carry a warning.</param>
    public bool TryChangeQdisc<T>(in QdiscKey key, in T options, out NetlinkError error)
        where T : struct, IQdiscOptions => TryPut(TcVerb.Change, key, options, out error);

    /// <summary>Removes a qdisc with all its classes and filters. The kernel's default qdisc takes the place of a root.</summary>
    /// <param name="key">Link, place and handle: what hangs there under another handle stays.</param>
    /// <param name="kind">Its kind, such as <c>HtbQdisc.Kind</c>: one of another kind stays.</param>
    /// <exception cref="NetlinkException">ENOENT: nothing hangs there; EINVAL: something else hangs there.</exception>
    /// <exception cref="ArgumentException">The key lacks parent or handle.</exception>
    public void DeleteQdisc(in QdiscKey key, ReadOnlySpan<byte> kind)
    {
        if (!TryDeleteQdisc(key, kind, out var error))
            throw Refused(error, $"{RTM_TC.RTM_DELQDISC} {Encoding.UTF8.GetString(kind)} {key}", key.IfIndex);
    }

    /// <summary>Removes a qdisc with all its classes and filters. The kernel's default qdisc takes the place of a root. Allocates nothing.</summary>
    /// <param name="key">Link, place and handle: what hangs there under another handle stays.</param>
    /// <param name="kind">Its kind, such as <c>HtbQdisc.Kind</c>: one of another kind stays.</param>
    /// <param name="error">ENOENT: nothing hangs there; EINVAL: something else hangs there.</param>
    /// <exception cref="ArgumentException">The key lacks parent or handle.</exception>
    [SkipLocalsInit]
    public bool TryDeleteQdisc(in QdiscKey key, ReadOnlySpan<byte> kind, out NetlinkError error)
    {
        TcMessages.CheckComplete(key);
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.SmallRoom + kind.Length);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_DELQDISC, NLM_F.NONE);
        TcMessages.PutQdisc(message, key, kind);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    /// <summary>Gets one qdisc.</summary>
    /// <param name="key">Link and place. A handle other than none must be the one that hangs there.</param>
    /// <exception cref="NetlinkException">ENOENT: nothing hangs there; EINVAL: something else hangs there.</exception>
    public TcQdisc GetQdisc(in QdiscKey key) => TryGetQdisc(key, out var qdisc, out var error)
        ? qdisc
        : throw Refused(error, $"{RTM_TC.RTM_GETQDISC} {key}", key.IfIndex);

    /// <summary>Gets one qdisc.</summary>
    /// <param name="key">Link and place. A handle other than none must be the one that hangs there.</param>
    /// <param name="qdisc">The qdisc.</param>
    /// <param name="error">ENOENT: nothing hangs there; EINVAL: something else hangs there.</param>
    [SkipLocalsInit]
    public bool TryGetQdisc(in QdiscKey key, [NotNullWhen(true)] out TcQdisc? qdisc, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETQDISC, NLM_F.NLM_F_ECHO);
        TcMessages.PutQdisc(message, key, default);
        return _socket.TryGet(message.Message, TcAttributes.Messages, ReadQdisc, out qdisc, out error, _limit);
    }

    /// <summary>Gets one qdisc and hands it to a sink. Allocates nothing.</summary>
    /// <param name="key">Link and place. A handle other than none must be the one that hangs there.</param>
    /// <param name="sink">It must not use this client.</param>
    /// <param name="error">ENOENT: nothing hangs there; EINVAL: something else hangs there.</param>
    /// <remarks>The kernel tells it to everyone who has subscribed to <c>RTNLGRP_TC</c>, too.</remarks>
    [SkipLocalsInit]
    public bool TryGetQdisc<TSink>(in QdiscKey key, ref TSink sink, out NetlinkError error)
        where TSink : struct, IQdiscSink, allows ref struct
    {
        // Without NLM_F_ECHO the answer goes to the subscribers alone.
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETQDISC, NLM_F.NLM_F_ECHO);
        TcMessages.PutQdisc(message, key, default);
        return TryExchangeQdiscs(message.Message, 0, ref sink, out error) > 0 || Missing(ref error);
    }

    /// <summary>Hands the qdiscs of the namespace to a sink, as they come. Allocates nothing per qdisc.</summary>
    /// <param name="ifIndex">The link; 0: all. The kernel sends all in any case.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the table changed under the dump, so that qdiscs may be missing or doubled.</param>
    [SkipLocalsInit]
    public bool TryDumpQdiscs<TSink>(int ifIndex, ref TSink sink, out NetlinkError error)
        where TSink : struct, IQdiscSink, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETQDISC, NLM_F.NLM_F_DUMP);
        TcMessages.PutQdisc(message, new QdiscKey(ifIndex, default, default), default);
        TryExchangeQdiscs(message.Message, ifIndex, ref sink, out error);
        return error.IsSuccess;
    }

    /// <summary>The qdiscs of the namespace, but for those that the kernel made itself and hides. A dump that the table changed under is made again, eight times at most.</summary>
    /// <param name="ifIndex">The link; 0: all.</param>
    /// <exception cref="NetlinkException">The table changed under every attempt (EINTR).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<TcQdisc> ListQdiscs(int ifIndex = 0)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETQDISC, NLM_F.NLM_F_DUMP);
        TcMessages.PutQdisc(message, new QdiscKey(ifIndex, default, default), default);
        return _socket.Dump(
            message.Message,
            TcAttributes.Messages,
            $"{RTM_TC.RTM_GETQDISC} dump on ifindex {ifIndex}",
            (scoped in NetlinkMessage m) => ifIndex == 0 || m.ReadHeader<tcmsg>().tcm_ifindex == ifIndex ? ReadQdisc(m) : null,
            limit: _limit);
    }

    private static TcQdisc? ReadQdisc(scoped in NetlinkMessage message) => message.Type == (ushort)RTM_TC.RTM_NEWQDISC ? new QdiscView(message).ToRecord() : null;

    private static string Describe<T>(in T options, in QdiscKey key)
        where T : struct, IQdiscOptions => $"{RTM_TC.RTM_NEWQDISC} {Encoding.UTF8.GetString(options.KindName)} {key}";

    private static bool Missing(ref NetlinkError error)
    {
        if (error.IsSuccess)
            error = NothingTold;
        return false;
    }

    [SkipLocalsInit]
    private bool TryPut<T>(TcVerb verb, in QdiscKey key, in T options, out NetlinkError error)
        where T : struct, IQdiscOptions
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.RoomFor(options));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_NEWQDISC, TcMessages.FlagsOf(verb, isQdisc: true));
        TcMessages.PutQdisc(message, key, options);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    private int TryExchangeQdiscs<TSink>(scoped Span<byte> request, int ifIndex, ref TSink sink, out NetlinkError error)
        where TSink : struct, IQdiscSink, allows ref struct
    {
        var count = 0;
        using var replies = _socket.Exchange(request, TcAttributes.Messages, _limit);
        while (replies.MoveNext())
        {
            if (replies.Current.Type != (ushort)RTM_TC.RTM_NEWQDISC)
                continue;
            var view = new QdiscView(replies.Current);
            if (ifIndex != 0 && view.IfIndex != ifIndex)
                continue;
            sink.Qdisc(view);
            count++;
        }

        error = replies.Outcome;
        return error.IsSuccess ? count : 0;
    }
}
