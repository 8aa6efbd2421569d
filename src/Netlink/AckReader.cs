using System.Runtime.InteropServices;
using System.Text;
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
    private const int MaximumCached = 1024;

    private static readonly Lock CacheLock = new();
    private static readonly Dictionary<int, string> Messages = [];
    private static readonly Dictionary<(AttributeSpace? Space, ulong Chain), string> Paths = [];

    /// <summary>The answer that an ERROR message carries.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">What was sent, for naming attributes.</param>
    /// <param name="space">The request's names; null: offsets stay unnamed.</param>
    public static NetlinkError ReadError(in NetlinkMessage message, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        var payload = message.Payload;
        if (payload.Length < 4)
            Throw.Format($"An NLMSG_ERROR has {payload.Length} bytes; its error number needs 4.");
        var errno = -MemoryMarshal.Read<int>(payload);
        if (errno < 0)
            Throw.Format($"An NLMSG_ERROR bears the error number {-errno}; the kernel sends zero or less.");
        if ((message.Flags & NLM_F.NLM_F_ACK_TLVS) == 0 || payload.Length < 4 + MessageWriter.HeaderSize)
            return new NetlinkError(errno);
        var attributes = 4 + MessageWriter.HeaderSize;
        if ((message.Flags & NLM_F.NLM_F_CAPPED) == 0)
        {
            var echoed = MemoryMarshal.Read<nlmsghdr>(payload[4..]).nlmsg_len;
            if (echoed < MessageWriter.HeaderSize || echoed > (uint)(payload.Length - 4))
                return new NetlinkError(errno);
            attributes = 4 + (((int)echoed + 3) & ~3);
        }

        return attributes > payload.Length ? new NetlinkError(errno) : ReadAttributes(errno, payload[attributes..], request, space);
    }

    /// <summary>The answer that a DONE message carries: dumps end with an error number, too.</summary>
    public static NetlinkError ReadDone(in NetlinkMessage message, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        if (message.Payload.Length < 4)
            return default;
        var errno = Math.Max(0, -MemoryMarshal.Read<int>(message.Payload));
        return (message.Flags & NLM_F.NLM_F_ACK_TLVS) == 0
            ? new NetlinkError(errno)
            : ReadAttributes(errno, message.Payload[4..], request, space);
    }

    private static NetlinkError ReadAttributes(int errno, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> request, AttributeSpace? space)
    {
        string? text = null;
        int? offset = null, missingNest = null;
        uint? missing = null;
        try
        {
            foreach (var a in new AttributeReader<NLMSGERR_ATTR>(attributes))
            {
                switch (a.Id)
                {
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_MSG:
                        text = Intern(a.ReadUtf8());
                        break;
                    case NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS:
                        offset = a.ReadInt32();
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

        return new NetlinkError(errno)
        {
            Message = text,
            Attribute = offset is { } at ? PathOf(space, request, at) : null,
            MissingAttribute = missing is { } id ? NameMissing(space, request, id, missingNest) : null,
        };
    }

    private static string PathOf(AttributeSpace? space, ReadOnlySpan<byte> request, int offset)
    {
        AttributeSpace? at = null;
        ulong chain = 0;
        if (space is not null && offset >= 0 && offset < request.Length)
            at = space.Locate(request, offset, out chain, out _);
        // Keyed by the chain of ids, so that the same refusal met again allocates nothing.
        var key = (at, at is null ? (ulong)offset : chain);
        lock (CacheLock)
        {
            if (Paths.TryGetValue(key, out var known))
                return known;
            var path = at is null ? $"offset {offset}" : space!.PathOf(request, offset);
            if (Paths.Count < MaximumCached)
                Paths[key] = path;
            return path;
        }
    }

    private static string NameMissing(AttributeSpace? space, ReadOnlySpan<byte> request, uint id, int? nest)
    {
        AttributeSpace? owner = space;
        if (nest is { } offset && space is not null)
            owner = offset >= 0 && space.Locate(request, offset, out _, out var inside) is not null ? inside : null;
        return owner?.NameOf((ushort)id) ?? $"attribute {id}";
    }

    private static string Intern(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        var key = hash.ToHashCode();
        lock (CacheLock)
        {
            if (Messages.TryGetValue(key, out var known) && Matches(known, utf8))
                return known;
            var text = Encoding.UTF8.GetString(utf8);
            if (Messages.Count < MaximumCached)
                Messages[key] = text;
            return text;
        }
    }

    private static bool Matches(string text, ReadOnlySpan<byte> utf8)
    {
        if (text.Length != utf8.Length)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != utf8[i])
                return false;
        }

        return true;
    }
}
