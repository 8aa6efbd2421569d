using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// Making or changing one filter fw after another, each sending packets of one mark to one class: the message is built once and then
/// only patched. The bytes are those that <see cref="TcClient"/> and <see cref="TcBatch"/> would build.
/// </summary>
/// <remarks>
/// <see cref="Patch"/> changes this object's own message, for one thread at a time; <see cref="CopyTo"/> and <see cref="AddTo"/> leave it as it
/// is. Send a message with <see cref="TcClient.TrySend"/>.
/// </remarks>
public sealed class PreparedFwFilter
{
    private readonly PreparedMessage _message;
    private readonly Slot<uint> _handle;
    private readonly Slot<uint> _class;

    private PreparedFwFilter(TcVerb verb, in FilterKey key, uint? mask)
    {
        // The builder's slots and the message of the kind's own code are kept in step by a test.
        var builder = new PreparedMessageBuilder((ushort)RTM_TC.RTM_NEWTFILTER, TcMessages.FlagsOf(verb), MaximumLength);
        _handle = builder.PutHeader<tcmsg, TCA>(TcMessages.HeaderOf(key), out var attributes).Field(static (ref tcmsg m) => ref m.tcm_handle);
        if (key.Chain != 0)
            attributes.Put(TCA.TCA_CHAIN, key.Chain);
        attributes.PutString(TCA.TCA_KIND, FwFilter.Kind);
        using (var options = attributes.Nest<TCA_FW>(TCA.TCA_OPTIONS))
        {
            if (mask is { } bits)
                options.Put(TCA_FW.TCA_FW_MASK, bits);
            _class = builder.Put(options, TCA_FW.TCA_FW_CLASSID, 0u);
        }

        _message = builder.Build();
    }

    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 128;

    /// <summary>To make filters; one that is there is an error (EEXIST).</summary>
    /// <param name="key">Link, place, chain, priority and protocol; the handle is not looked at.</param>
    /// <param name="mask">The bits of the mark that are compared, the same for all filters of a priority; null: all.</param>
    public static PreparedFwFilter ForAdd(in FilterKey key, uint? mask = null) => new(TcVerb.Add, key, mask);

    /// <summary>To make filters, or change the ones that are there.</summary>
    /// <inheritdoc cref="ForAdd"/>
    public static PreparedFwFilter ForReplace(in FilterKey key, uint? mask = null) => new(TcVerb.Replace, key, mask);

    /// <summary>The message for a filter.</summary>
    /// <param name="mark">The mark, which is the filter's handle.</param>
    /// <param name="classId">Where its packets go.</param>
    /// <returns>A view of this object's message, to be sent before it is patched again.</returns>
    public Span<byte> Patch(uint mark, TcHandle classId) => Set(_message.Patch(), mark, classId);

    /// <summary>Writes the message for a filter.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="mark">The mark, which is the filter's handle.</param>
    /// <param name="classId">Where its packets go.</param>
    /// <returns>The beginning of <paramref name="buffer"/>.</returns>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public Span<byte> CopyTo(Span<byte> buffer, uint mark, TcHandle classId) => Set(_message.CopyTo(buffer), mark, classId);

    /// <summary>Puts the message for a filter into a batch.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="mark">The mark, which is the filter's handle.</param>
    /// <param name="classId">Where its packets go.</param>
    /// <returns>The operation's index in the batch.</returns>
    public int AddTo(NetlinkBatch batch, uint mark, TcHandle classId)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin(_message);
        Set(message, mark, classId);
        batch.Commit(message);
        return batch.Count - 1;
    }

    private Span<byte> Set(MessagePatch message, uint mark, TcHandle classId)
    {
        message.Set(_handle, mark);
        message.Set(_class, classId.Value);
        return message.Message;
    }
}
