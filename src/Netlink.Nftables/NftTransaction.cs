using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// Changes to the ruleset that the kernel carries out all together or not at all, in one datagram; no packet ever sees a part of
/// them. It is filled, committed (<see cref="NftClient.Commit"/>), cleared and filled again; its buffer stays, so filling it
/// allocates nothing. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// A method that throws leaves a message half built: such a transaction is refused, until <see cref="Clear"/>. Messages may refer to what
/// earlier ones in the same transaction make.
/// </remarks>
public sealed partial class NftTransaction
{
    private const int MessageRoom = 4096;

    private readonly NfnetlinkTransaction _messages;
    private readonly List<NftRefusal> _refusals = [];
    private uint _lastSetId;

    /// <summary>An empty transaction.</summary>
    /// <param name="capacity">Bytes to start with; the buffer grows as needed.</param>
    public NftTransaction(int capacity = 16 * 1024) => _messages = new NfnetlinkTransaction(NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES, capacity);

    /// <summary>Messages in it.</summary>
    public int Count => _messages.Count;

    /// <summary>Their bytes.</summary>
    public int Length => _messages.Length;

    /// <summary>
    /// The generation that it was made for (<see cref="NftClient.GetGeneration"/>): where somebody changed the ruleset since, all of it is refused
    /// (ERESTART). Null: for any.
    /// </summary>
    public uint? Generation
    {
        get => _messages.Generation;
        set => _messages.Generation = value;
    }

    /// <summary>What the kernel refused when it was committed last; empty where it was carried out.</summary>
    public IReadOnlyList<NftRefusal> Refusals => _refusals;

    /// <summary>Empties the transaction and keeps its buffer; the generation is forgotten.</summary>
    public void Clear()
    {
        _messages.Clear();
        _refusals.Clear();
        _lastSetId = 0;
    }

    /// <summary>Starts a message of any kind, behind the last one. <see cref="Commit"/> takes it in.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="flags"><c>NLM_F_CREATE</c> and the like.</param>
    /// <param name="room">Bytes that it may take.</param>
    /// <returns>A writer, valid until the next message is started.</returns>
    /// <exception cref="InvalidOperationException">A message was started before and never taken in.</exception>
    public MessageWriter Begin(NFT_MSG type, NLM_F flags, int room = MessageRoom) => _messages.Begin((byte)type, flags, room);

    /// <summary>Takes the message that was started last into the transaction.</summary>
    /// <exception cref="ArgumentException">The writer is not the one that <see cref="Begin"/> returned last.</exception>
    public void Commit(scoped in MessageWriter message) => _messages.Commit(message);

    /// <summary>A message as it was or will be sent, header included; valid until the transaction changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none with this index.</exception>
    public ReadOnlySpan<byte> MessageAt(int index) => _messages.MessageAt(index);

    /// <summary>Says in words what a message asks, such as <c>NFT_MSG_NEWSETELEM flows4 in netdev vffqos</c>.</summary>
    /// <param name="index">Of a message of this transaction.</param>
    public string Describe(int index) => NftText.Describe(_messages.MessageAt(index));

    internal BatchResult Send<TSink>(NetlinkSocket socket, ref TSink replies, WaitLimit limit)
        where TSink : struct, INftReplySink
    {
        _refusals.Clear();
        var sink = new Sink<TSink>(this, ref replies);
        return _messages.Send(socket, ref sink, NftSpaces.OfMessage, limit);
    }

    private void AddRefusal(int index, in NetlinkError error)
    {
        var element = index >= 0 && error.AttributeOffset is { } offset ? NftElementList.IndexAt(_messages.MessageAt(index), offset) : -1;
        _refusals.Add(new NftRefusal(index, element, error));
    }

    /// <summary>Keeps refusals, and hands on what was echoed.</summary>
    private readonly ref struct Sink<TSink> : IBatchSink
        where TSink : struct, INftReplySink
    {
        private readonly NftTransaction _transaction;
        private readonly ref TSink _replies;

        public Sink(NftTransaction transaction, ref TSink replies)
        {
            _transaction = transaction;
            _replies = ref replies;
        }

        public void Reply(int index, scoped in NetlinkMessage message) => _replies.Reply(index, message);

        public void Refused(int index, in NetlinkError error) => _transaction.AddRefusal(index, error);
    }
}
