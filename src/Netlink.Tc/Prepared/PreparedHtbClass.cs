using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// Making or changing one HTB class after another: the message is built once and then only patched. The bytes are those that
/// <see cref="TcClient"/> and <see cref="TcBatch"/> would build.
/// </summary>
/// <remarks>
/// <see cref="Patch(in ClassKey)"/> changes this object's own message, for one thread at a time; <see cref="CopyTo(Span{byte}, in ClassKey)"/> and
/// <see cref="AddTo(NetlinkBatch, in ClassKey)"/> leave it as it is. Send a message with <see cref="TcClient.TrySend"/>.
/// </remarks>
public sealed class PreparedHtbClass
{
    // Rates that 32 bits do not hold are attributes of their own: one message for each of the four cases.
    private readonly Form[] _forms = new Form[4];
    private Form _current;

    private PreparedHtbClass(TcVerb verb, int ifIndex, TcHandle parent, scoped in HtbClass options)
    {
        for (var i = 0; i < _forms.Length; i++)
            _forms[i] = new Form(verb, i);
        _current = _forms[FormOf(options)];
        var key = new ClassKey(ifIndex, TcHandle.None);
        foreach (var form in _forms)
            form.Set(form.Message.Patch(), key, parent, options);
    }

    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 128;

    /// <summary>To make classes; one that is there is an error (EEXIST).</summary>
    /// <param name="ifIndex">The link.</param>
    /// <param name="parent">Where they hang.</param>
    /// <param name="options">What they are like.</param>
    public static PreparedHtbClass ForAdd(int ifIndex, TcHandle parent, in HtbClass options) => new(TcVerb.Add, ifIndex, parent, options);

    /// <summary>To make classes, or change the ones that are there.</summary>
    /// <inheritdoc cref="ForAdd"/>
    public static PreparedHtbClass ForReplace(int ifIndex, TcHandle parent, in HtbClass options) => new(TcVerb.Replace, ifIndex, parent, options);

    /// <summary>To change classes; one that is not there is an error (ENOENT).</summary>
    /// <inheritdoc cref="ForAdd"/>
    public static PreparedHtbClass ForChange(int ifIndex, TcHandle parent, in HtbClass options) => new(TcVerb.Change, ifIndex, parent, options);

    /// <summary>The message for a class, like the last one in all else.</summary>
    /// <param name="key">Link and id.</param>
    /// <returns>A view of this object's message, to be sent before it is patched again.</returns>
    public Span<byte> Patch(scoped in ClassKey key)
    {
        var message = _current.Message.Patch();
        _current.Set(message, key);
        return message.Message;
    }

    /// <summary>The message for a class.</summary>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs.</param>
    /// <param name="options">What it is like.</param>
    /// <returns>A view of this object's message, to be sent before it is patched again.</returns>
    public Span<byte> Patch(scoped in ClassKey key, TcHandle parent, scoped in HtbClass options)
    {
        _current = _forms[FormOf(options)];
        var message = _current.Message.Patch();
        _current.Set(message, key, parent, options);
        return message.Message;
    }

    /// <summary>Writes the message for a class, with what this object's message has in all else.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="key">Link and id.</param>
    /// <returns>The beginning of <paramref name="buffer"/>.</returns>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public Span<byte> CopyTo(Span<byte> buffer, scoped in ClassKey key)
    {
        var form = _current;
        var message = form.Message.CopyTo(buffer);
        form.Set(message, key);
        return message.Message;
    }

    /// <summary>Writes the message for a class.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs.</param>
    /// <param name="options">What it is like.</param>
    /// <returns>The beginning of <paramref name="buffer"/>.</returns>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public Span<byte> CopyTo(Span<byte> buffer, scoped in ClassKey key, TcHandle parent, scoped in HtbClass options)
    {
        var form = _forms[FormOf(options)];
        var message = form.Message.CopyTo(buffer);
        form.Set(message, key, parent, options);
        return message.Message;
    }

    /// <summary>Puts the message for a class into a batch, with what this object's message has in all else.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <returns>The operation's index in the batch.</returns>
    public int AddTo(NetlinkBatch batch, in ClassKey key)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var form = _current;
        var message = batch.Begin(form.Message);
        form.Set(message, key);
        batch.Commit(message);
        return batch.Count - 1;
    }

    /// <summary>Puts the message for a class into a batch.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="key">Link and id.</param>
    /// <param name="parent">Where it hangs.</param>
    /// <param name="options">What it is like.</param>
    /// <returns>The operation's index in the batch.</returns>
    public int AddTo(NetlinkBatch batch, in ClassKey key, TcHandle parent, scoped in HtbClass options)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var form = _forms[FormOf(options)];
        var message = batch.Begin(form.Message);
        form.Set(message, key, parent, options);
        batch.Commit(message);
        return batch.Count - 1;
    }

    private static int FormOf(in HtbClass options) =>
        (options.Rate.BytesPerSecond > uint.MaxValue ? Form.Rate64 : 0) | (options.Ceil.BytesPerSecond > uint.MaxValue ? Form.Ceil64 : 0);

    /// <summary>One message with its slots.</summary>
    private sealed class Form
    {
        public const int Rate64 = 1;
        public const int Ceil64 = 2;

        private readonly Slot<tcmsg> _header;
        private readonly Slot<int> _ifIndex;
        private readonly Slot<uint> _handle;
        private readonly Slot<ulong> _rate;
        private readonly Slot<ulong> _ceil;
        private readonly Slot<tc_htb_opt> _options;
        private readonly int _wide;

        public Form(TcVerb verb, int wide)
        {
            _wide = wide;
            var builder = new PreparedMessageBuilder((ushort)RTM_TC.RTM_NEWTCLASS, TcMessages.FlagsOf(verb), MaximumLength);
            _header = builder.PutHeader<tcmsg, TCA>(default, out var attributes);
            _ifIndex = _header.Field(static (ref tcmsg m) => ref m.tcm_ifindex);
            _handle = _header.Field(static (ref tcmsg m) => ref m.tcm_handle);
            attributes.PutString(TCA.TCA_KIND, HtbClass.Kind);
            using (var options = attributes.Nest<TCA_HTB>(TCA.TCA_OPTIONS))
            {
                if ((wide & Rate64) != 0)
                    _rate = builder.Put(options, TCA_HTB.TCA_HTB_RATE64, 0UL);
                if ((wide & Ceil64) != 0)
                    _ceil = builder.Put(options, TCA_HTB.TCA_HTB_CEIL64, 0UL);
                _options = builder.Put(options, TCA_HTB.TCA_HTB_PARMS, default(tc_htb_opt));
            }

            Message = builder.Build();
        }

        public PreparedMessage Message { get; }

        public void Set(MessagePatch message, in ClassKey key)
        {
            message.Set(_ifIndex, key.IfIndex);
            message.Set(_handle, key.ClassId.Value);
        }

        public void Set(MessagePatch message, in ClassKey key, TcHandle parent, scoped in HtbClass options)
        {
            message.Set(_header, new tcmsg { tcm_ifindex = key.IfIndex, tcm_handle = key.ClassId.Value, tcm_parent = parent.Value });
            if ((_wide & Rate64) != 0)
                message.Set(_rate, options.Rate.BytesPerSecond);
            if ((_wide & Ceil64) != 0)
                message.Set(_ceil, options.Ceil.BytesPerSecond);
            message.Set(_options, options.ToOpt());
        }
    }
}
