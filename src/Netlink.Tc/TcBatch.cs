using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// Puts operations on qdiscs, classes and filters into a batch: each is the message that <see cref="TcClient"/> would send for it alone. Send
/// the batch with <see cref="TcClient.Send(NetlinkBatch)"/>.
/// </summary>
public static class TcBatch
{
    /// <summary>Makes a qdisc.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int AddQdisc<T>(this NetlinkBatch batch, in QdiscKey key, in T options)
        where T : struct, IQdiscOptions => Put(batch, TcVerb.Add, key, options);

    /// <summary>Makes a qdisc, or changes the one of the same kind and handle. Any other that hangs there goes, with all its classes and filters.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ReplaceQdisc<T>(this NetlinkBatch batch, in QdiscKey key, in T options)
        where T : struct, IQdiscOptions => Put(batch, TcVerb.Replace, key, options);

    /// <summary>Changes a qdisc.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ChangeQdisc<T>(this NetlinkBatch batch, in QdiscKey key, in T options)
        where T : struct, IQdiscOptions => Put(batch, TcVerb.Change, key, options);

    /// <summary>Removes a qdisc with all its classes and filters.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>HtbQdisc.Kind</c>: one of another kind stays.</param>
    /// <returns>The operation's index in the batch.</returns>
    /// <exception cref="ArgumentException">The key lacks parent or handle.</exception>
    public static int DeleteQdisc(this NetlinkBatch batch, in QdiscKey key, ReadOnlySpan<byte> kind)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TcMessages.CheckComplete(key);
        var message = batch.Begin((ushort)RTM_TC.RTM_DELQDISC, NLM_F.NONE, TcMessages.SmallRoom + kind.Length);
        TcMessages.PutQdisc(message, key, kind);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Asks for one qdisc: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="QdiscView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and place. A handle other than none must be the one that hangs there.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int GetQdisc(this NetlinkBatch batch, in QdiscKey key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        // Without NLM_F_ECHO the answer goes to the subscribers of RTNLGRP_TC alone.
        var message = batch.Begin((ushort)RTM_TC.RTM_GETQDISC, NLM_F.NLM_F_ECHO, TcMessages.SmallRoom);
        TcMessages.PutQdisc(message, key, default);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Makes a class.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int AddClass<T>(this NetlinkBatch batch, in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions => Put(batch, TcVerb.Add, key, parent, options);

    /// <summary>Makes a class, or changes the one that is there.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ReplaceClass<T>(this NetlinkBatch batch, in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions => Put(batch, TcVerb.Replace, key, parent, options);

    /// <summary>Changes a class.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs: another class, or the qdisc (<c>1:</c>). A class that is there stays where it is.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ChangeClass<T>(this NetlinkBatch batch, in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions => Put(batch, TcVerb.Change, key, parent, options);

    /// <summary>Removes a class with its leaf qdisc. Packets that wait in it are dropped.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int DeleteClass(this NetlinkBatch batch, in ClassKey key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM_TC.RTM_DELTCLASS, NLM_F.NONE, TcMessages.SmallRoom);
        TcMessages.PutClass(message, key, TcHandle.None);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Asks for one class: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="ClassView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int GetClass(this NetlinkBatch batch, in ClassKey key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        // Without NLM_F_ECHO the answer goes to the subscribers of RTNLGRP_TC alone.
        var message = batch.Begin((ushort)RTM_TC.RTM_GETTCLASS, NLM_F.NLM_F_ECHO, TcMessages.SmallRoom);
        TcMessages.PutClass(message, key, TcHandle.None);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Makes a filter.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int AddFilter<T>(this NetlinkBatch batch, in FilterKey key, in T options)
        where T : struct, IFilterOptions => Put(batch, TcVerb.Add, key, options);

    /// <summary>Makes a filter, or changes the one that is there.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ReplaceFilter<T>(this NetlinkBatch batch, in FilterKey key, in T options)
        where T : struct, IFilterOptions => Put(batch, TcVerb.Replace, key, options);

    /// <summary>Changes a filter.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place, chain, priority, protocol and handle.</param>
    /// <param name="options">Kind and options.</param>
    /// <returns>The operation's index in the batch.</returns>
    public static int ChangeFilter<T>(this NetlinkBatch batch, in FilterKey key, in T options)
        where T : struct, IFilterOptions => Put(batch, TcVerb.Change, key, options);

    /// <summary>Removes one filter.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>: one of another kind stays.</param>
    /// <returns>The operation's index in the batch.</returns>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    public static int DeleteFilter(this NetlinkBatch batch, in FilterKey key, ReadOnlySpan<byte> kind)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TcMessages.CheckComplete(key);
        var message = batch.Begin((ushort)RTM_TC.RTM_DELTFILTER, NLM_F.NONE, TcMessages.SmallRoom + kind.Length);
        TcMessages.PutFilter(message, key, kind);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Removes a priority with all its filters, and with what belongs to no single filter, such as the hash tables of u32.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link, place, chain, priority and protocol; the handle is not looked at.</param>
    /// <param name="kind">The kind of the filters, such as <c>U32Filter.Kind</c>: those of another stay.</param>
    /// <returns>The operation's index in the batch.</returns>
    /// <exception cref="ArgumentException">The key lacks priority or protocol.</exception>
    public static int DeleteFilters(this NetlinkBatch batch, in FilterKey key, ReadOnlySpan<byte> kind)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TcMessages.CheckPriority(key);
        var message = batch.Begin((ushort)RTM_TC.RTM_DELTFILTER, NLM_F.NONE, TcMessages.SmallRoom + kind.Length);
        TcMessages.PutFilter(message, key with { Handle = 0 }, kind);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Asks for one filter: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="FilterView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">All of it.</param>
    /// <param name="kind">Its kind, such as <c>FwFilter.Kind</c>.</param>
    /// <returns>The operation's index in the batch.</returns>
    /// <exception cref="ArgumentException">The key lacks priority, protocol or handle.</exception>
    public static int GetFilter(this NetlinkBatch batch, in FilterKey key, ReadOnlySpan<byte> kind)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TcMessages.CheckComplete(key);
        var message = batch.Begin((ushort)RTM_TC.RTM_GETTFILTER, NLM_F.NLM_F_ECHO, TcMessages.SmallRoom + kind.Length);
        TcMessages.PutFilter(message, key, kind);
        batch.Commit(message);
        return batch.Count - 1;
    }

    private static int Put<T>(NetlinkBatch batch, TcVerb verb, in QdiscKey key, in T options)
        where T : struct, IQdiscOptions
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM_TC.RTM_NEWQDISC, TcMessages.FlagsOf(verb, isQdisc: true), TcMessages.RoomFor(options));
        TcMessages.PutQdisc(message, key, options);
        batch.Commit(message);
        return batch.Count - 1;
    }

    private static int Put<T>(NetlinkBatch batch, TcVerb verb, in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM_TC.RTM_NEWTCLASS, TcMessages.FlagsOf(verb), TcMessages.RoomFor(options));
        TcMessages.PutClass(message, key, parent, options);
        batch.Commit(message);
        return batch.Count - 1;
    }

    private static int Put<T>(NetlinkBatch batch, TcVerb verb, in FilterKey key, in T options)
        where T : struct, IFilterOptions
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM_TC.RTM_NEWTFILTER, TcMessages.FlagsOf(verb), TcMessages.RoomFor(options));
        TcMessages.PutFilter(message, key, options);
        batch.Commit(message);
        return batch.Count - 1;
    }
}
