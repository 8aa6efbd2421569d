using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <content>Classes.</content>
public sealed partial class TcClient
{
    /// <summary>Makes a class.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">EEXIST: it is there already; ENOENT: there is no such qdisc.</exception>
    public void AddClass<T>(in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions
    {
        if (!TryAddClass(key, parent, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a class. Allocates nothing.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">EEXIST: it is there already; ENOENT: there is no such qdisc. A success may carry a warning.</param>
    public bool TryAddClass<T>(in ClassKey key, TcHandle parent, in T options, out NetlinkError error)
        where T : struct, IClassOptions => TryPut(TcVerb.Add, key, parent, options, out error);

    /// <summary>Makes a class, or changes the one that is there.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">ENOENT: there is no such qdisc.</exception>
    public void ReplaceClass<T>(in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions
    {
        if (!TryReplaceClass(key, parent, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Makes a class, or changes the one that is there. Allocates nothing.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">ENOENT: there is no such qdisc. A success may carry a warning.</param>
    public bool TryReplaceClass<T>(in ClassKey key, TcHandle parent, in T options, out NetlinkError error)
        where T : struct, IClassOptions => TryPut(TcVerb.Replace, key, parent, options, out error);

    /// <summary>Changes a class.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none.</exception>
    public void ChangeClass<T>(in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions
    {
        if (!TryChangeClass(key, parent, options, out var error))
            throw Refused(error, Describe(options, key), key.IfIndex);
    }

    /// <summary>Changes a class. Allocates nothing.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <param name="error">ENOENT: there is none. A success may carry a warning.</param>
    public bool TryChangeClass<T>(in ClassKey key, TcHandle parent, in T options, out NetlinkError error)
        where T : struct, IClassOptions => TryPut(TcVerb.Change, key, parent, options, out error);

    /// <summary>Removes a class with its leaf qdisc. Packets that wait in it are dropped.</summary>
    /// <param name="key">Link and id.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none; EBUSY: it has classes below it, or filters choose it.</exception>
    public void DeleteClass(in ClassKey key)
    {
        if (!TryDeleteClass(key, out var error))
            throw Refused(error, $"{RTM_TC.RTM_DELTCLASS} {key}", key.IfIndex);
    }

    /// <summary>Removes a class with its leaf qdisc. Packets that wait in it are dropped. Allocates nothing.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="error">ENOENT: there is none; EBUSY: it has classes below it, or filters choose it.</param>
    [SkipLocalsInit]
    public bool TryDeleteClass(in ClassKey key, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_DELTCLASS, NLM_F.NONE);
        TcMessages.PutClass(message, key, TcHandle.None);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    /// <summary>Gets one class.</summary>
    /// <param name="key">Link and id.</param>
    /// <exception cref="NetlinkException">ENOENT: there is none.</exception>
    public TcClass GetClass(in ClassKey key) => TryGetClass(key, out var found, out var error)
        ? found
        : throw Refused(error, $"{RTM_TC.RTM_GETTCLASS} {key}", key.IfIndex);

    /// <summary>Gets one class.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="found">The class.</param>
    /// <param name="error">ENOENT: there is none.</param>
    [SkipLocalsInit]
    public bool TryGetClass(in ClassKey key, [NotNullWhen(true)] out TcClass? found, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTCLASS, NLM_F.NLM_F_ECHO);
        TcMessages.PutClass(message, key, TcHandle.None);
        return _socket.TryGet(message.Message, TcAttributes.Messages, ReadClass, out found, out error, _limit);
    }

    /// <summary>Gets one class and hands it to a sink. Allocates nothing.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="sink">It must not use this client.</param>
    /// <param name="error">ENOENT: there is none.</param>
    /// <remarks>The kernel tells it to everyone who has subscribed to <c>RTNLGRP_TC</c>, too.</remarks>
    [SkipLocalsInit]
    public bool TryGetClass<TSink>(in ClassKey key, ref TSink sink, out NetlinkError error)
        where TSink : struct, IClassSink, allows ref struct
    {
        // Without NLM_F_ECHO the answer goes to the subscribers alone.
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTCLASS, NLM_F.NLM_F_ECHO);
        TcMessages.PutClass(message, key, TcHandle.None);
        return TryExchangeClasses(message.Message, ref sink, out error) > 0 || Missing(ref error);
    }

    /// <summary>Hands the classes of a link to a sink, as they come. Allocates nothing per class.</summary>
    /// <param name="ifIndex">The link. One that does not exist has no classes: the kernel reports no error.</param>
    /// <param name="qdisc">The qdisc whose classes are wanted; <see cref="TcHandle.None"/>: all.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">EINTR: the table changed under the dump, so that classes may be missing or doubled.</param>
    /// <remarks>
    /// No kernel up to 6.18 says so of classes: while others make and delete classes, a dump of more than one datagram can lack some or
    /// bring some twice.
    /// </remarks>
    [SkipLocalsInit]
    public bool TryDumpClasses<TSink>(int ifIndex, TcHandle qdisc, ref TSink sink, out NetlinkError error)
        where TSink : struct, IClassSink, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTCLASS, NLM_F.NLM_F_DUMP);
        TcMessages.PutClass(message, new ClassKey(ifIndex, TcHandle.None), qdisc);
        TryExchangeClasses(message.Message, ref sink, out error);
        return error.IsSuccess;
    }

    /// <summary>The classes of a link. A dump that the table changed under is made again, eight times at most.</summary>
    /// <param name="ifIndex">The link. One that does not exist has no classes: the kernel reports no error.</param>
    /// <param name="qdisc">The qdisc whose classes are wanted; <see cref="TcHandle.None"/>: all.</param>
    /// <exception cref="NetlinkException">The table changed under every attempt (EINTR).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<TcClass> ListClasses(int ifIndex, TcHandle qdisc = default)
    {
        var message = MessageWriter.Begin(stackalloc byte[TcMessages.SmallRoom], (ushort)RTM_TC.RTM_GETTCLASS, NLM_F.NLM_F_DUMP);
        TcMessages.PutClass(message, new ClassKey(ifIndex, TcHandle.None), qdisc);
        return _socket.Dump(
            message.Message,
            TcAttributes.Messages,
            $"{RTM_TC.RTM_GETTCLASS} dump of {qdisc} on ifindex {ifIndex}",
            ReadClass,
            limit: _limit);
    }

    private static TcClass? ReadClass(scoped in NetlinkMessage message) => message.Type == (ushort)RTM_TC.RTM_NEWTCLASS ? new ClassView(message).ToRecord() : null;

    private static string Describe<T>(in T options, in ClassKey key)
        where T : struct, IClassOptions => $"{RTM_TC.RTM_NEWTCLASS} {Encoding.UTF8.GetString(options.KindName)} {key}";

    [SkipLocalsInit]
    private bool TryPut<T>(TcVerb verb, in ClassKey key, TcHandle parent, in T options, out NetlinkError error)
        where T : struct, IClassOptions
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], TcMessages.RoomFor(options));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM_TC.RTM_NEWTCLASS, TcMessages.FlagsOf(verb));
        TcMessages.PutClass(message, key, parent, options);
        return _socket.TryRequest(message.Message, TcAttributes.Messages, _limit, out error);
    }

    private int TryExchangeClasses<TSink>(scoped Span<byte> request, ref TSink sink, out NetlinkError error)
        where TSink : struct, IClassSink, allows ref struct
    {
        var count = 0;
        using var replies = _socket.Exchange(request, TcAttributes.Messages, _limit);
        while (replies.MoveNext())
        {
            if (replies.Current.Type != (ushort)RTM_TC.RTM_NEWTCLASS)
                continue;
            sink.Class(new ClassView(replies.Current));
            count++;
        }

        error = replies.Outcome;
        return error.IsSuccess ? count : 0;
    }
}
