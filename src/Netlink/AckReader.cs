using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>Reads NLMSG_ERROR and NLMSG_DONE with their extended acknowledgement.</summary>
/// <remarks>
/// <code>
/// ERROR: | nlmsghdr | error: i32 | nlmsghdr of the request | its payload, unless capped | attributes |
/// DONE:  | nlmsghdr | error: i32 | attributes |
/// </code>
/// Broken diagnostics never hide the error number: they are left out.
/// </remarks>
internal static class AckReader
{
    public const int MaximumErrno = 4095;

    private const int MaximumKept = 1024;

    private static readonly ConcurrentDictionary<int, string> Offsets = new();
    private static readonly ConcurrentDictionary<(string? Path, ushort Id), string> Numbers = new();

    /// <summary>
    /// Whether a datagram is the acknowledgement of one request and nothing more: no refusal, no warning, no other message. That is nearly
    /// every answer there is; what is anything else is read with care.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlainSuccess(ReadOnlySpan<byte> datagram, uint sequence)
    {
        if (datagram.Length != MessageWriter.HeaderSize + 4 + MessageWriter.HeaderSize)
            return false;
        ref readonly var header = ref MemoryMarshal.AsRef<nlmsghdr>(datagram);
        return header.nlmsg_len == (uint)datagram.Length
            && header.nlmsg_type == (ushort)NLMSG.NLMSG_ERROR
            && header.nlmsg_seq == sequence
            && MemoryMarshal.Read<int>(datagram[MessageWriter.HeaderSize..]) == 0;
    }

    /// <summary>The answer that an ERROR message carries.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">What was sent, for naming attributes.</param>
    /// <param name="space">The request's names; null: offsets stay unnamed.</param>
    public static NetlinkError ReadError(in NetlinkMessage message, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        var payload = message.Payload;
        var errno = ReadErrno(message);
        if ((message.Flags & NLM_F.NLM_F_ACK_TLVS) == 0 || payload.Length < 4 + MessageWriter.HeaderSize)
            return Plain(errno, request, space);
        var attributes = 4 + MessageWriter.HeaderSize;
        if ((message.Flags & NLM_F.NLM_F_CAPPED) == 0)
        {
            var echoed = MemoryMarshal.Read<nlmsghdr>(payload[4..]).nlmsg_len;
            if (echoed < MessageWriter.HeaderSize || echoed > (uint)(payload.Length - 4))
                return Plain(errno, request, space);
            attributes = 4 + (((int)echoed + 3) & ~3);
        }

        return attributes > payload.Length ? Plain(errno, request, space) : ReadAttributes(errno, payload[attributes..], request, space);
    }

    /// <summary>The answer that a DONE message carries: dumps end with an error number, too.</summary>
    public static NetlinkError ReadDone(in NetlinkMessage message, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        if (message.Payload.IsEmpty)
            return default;
        var errno = ReadErrno(message);
        return (message.Flags & NLM_F.NLM_F_ACK_TLVS) == 0
            ? Plain(errno, request, space)
            : ReadAttributes(errno, message.Payload[4..], request, space);
    }

    private static int ReadErrno(in NetlinkMessage message)
    {
        if (message.Payload.Length < 4)
            Throw.Format($"{(NLMSG)message.Type} has {message.Payload.Length} bytes; its error number needs 4.");
        var value = MemoryMarshal.Read<int>(message.Payload);
        if (value is > 0 or < -MaximumErrno)
            Throw.Format($"{(NLMSG)message.Type} bears the error number {value}; the kernel's are 0 to -{MaximumErrno}.");
        return -value;
    }

    private static NetlinkError Plain(int errno, ReadOnlySpan<byte> request, AttributeSpace? space) =>
        errno == 0 ? default : new NetlinkError(errno) { Request = space?.Describe(request) };

    /// <summary>The answer with what an extended acknowledgement says.</summary>
    public static NetlinkError ReadAttributes(int errno, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        string? text = null;
        int? offset = null, missingNest = null;
        uint? missing = null;
        AttributePolicy? policy = null;
        try
        {
            foreach (var a in new AttributeReader<NLMSGERR_ATTR>(attributes))
            {
                switch (a.Id)
                {
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_MSG:
                        text = TextCache.Words.Get(a.ReadUtf8());
                        break;
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS:
                        offset = a.ReadInt32();
                        break;
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY:
                        policy = AttributePolicy.Read(a.Payload);
                        break;
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE:
                        missing = a.ReadUInt32();
                        break;
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST:
                        missingNest = a.ReadInt32();
                        break;
                }
            }
        }
        catch (NetlinkFormatException)
        {
            // What was read until here is still worth having; the number stands anyway.
        }

        if (offset < MessageWriter.HeaderSize || offset >= request.Length)
            offset = null; // outside the request there is no attribute
        return new NetlinkError(errno)
        {
            Request = space?.Describe(request),
            Message = text,
            Attribute = offset is { } at ? NameAt(space, request, at) : null,
            AttributeOffset = offset,
            Policy = policy,
            MissingAttribute = missing <= NLA.NLA_TYPE_MASK ? NameMissing(space, request, (ushort)missing, missingNest) : null,
        };
    }

    private static string NameAt(AttributeSpace? space, ReadOnlySpan<byte> request, int offset) =>
        space?.PathOf(request, offset, out _) ?? Remember(Offsets, offset, static at => $"offset {at}");

    private static string NameMissing(AttributeSpace? space, ReadOnlySpan<byte> request, ushort id, int? nest)
    {
        string? path = null;
        if (nest is { } offset && space is not null)
            path = space.PathOf(request, offset, out space);
        return space is not null
            ? space.Join(path, id)
            : Remember<(string? Path, ushort Id)>(Numbers, (path, id), static key => key.Path is null ? $"attribute {key.Id}" : $"{key.Path}/{key.Id}");
    }

    /// <summary>A text that was made before allocates nothing; a full cache keeps what it has.</summary>
    private static string Remember<TKey>(ConcurrentDictionary<TKey, string> known, TKey key, Func<TKey, string> tell)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var text))
            return text;
        text = tell(key);
        return known.Count < MaximumKept ? known.GetOrAdd(key, text) : text;
    }
}
