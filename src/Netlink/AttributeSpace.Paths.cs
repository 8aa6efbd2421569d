using VffNetlink.Uapi;

namespace VffNetlink;

/// <content>From an offset to the names on the way there.</content>
public sealed partial class AttributeSpace
{
    /// <summary>Spells the way to the attribute that starts at <paramref name="offset"/> of a message. A way spelt before allocates nothing.</summary>
    /// <param name="message">The request as it was sent, header included.</param>
    /// <param name="offset">From the message's start.</param>
    /// <param name="inside">The space inside the attribute that was found, where it is a known nest.</param>
    /// <returns>The names, outermost first; null where no attribute that is known of starts there.</returns>
    internal string? PathOf(ReadOnlySpan<byte> message, int offset, out AttributeSpace? inside)
    {
        inside = null;
        string? path = null;
        var space = this;
        var start = MessageWriter.HeaderSize + HeaderLength;
        var first = start;
        var end = message.Length;
        while (start + 4 <= end && offset >= start)
        {
            int length = BitConverter.ToUInt16(message[start..]);
            var id = (ushort)(BitConverter.ToUInt16(message[(start + 2)..]) & NLA.NLA_TYPE_MASK);
            if (length < 4 || start + length > end)
                return null;
            if (offset >= start + length)
            {
                start += (length + 3) & ~3;
                continue;
            }

            path = space.Join(path, id);
            var nested = space.Inside(id, message[first..end]);
            if (offset == start)
            {
                inside = nested;
                return path;
            }

            if (nested is null)
                return null;
            space = nested;
            end = start + length;
            start += 4;
            if (space.IsRecords && !space.TryEnter(message, offset, ref start, ref end))
                return null;
            start += space.HeaderLength;
            first = Math.Min(start, end);
        }

        return null;
    }

    /// <summary>An attribute's name behind the path of the nest that it is in.</summary>
    internal string Join(string? path, ushort id)
    {
        lock (_paths)
        {
            if (_paths.TryGetValue((path, id), out var known))
                return known;
            var name = NameOf(id);
            var joined = path is null ? name : $"{path}/{name}";
            if (_paths.Count < MaximumPaths)
                _paths.Add((path, id), joined);
            return joined;
        }
    }

    /// <summary>Goes to the record that an offset is in.</summary>
    private bool TryEnter(ReadOnlySpan<byte> message, int offset, ref int start, ref int end)
    {
        while (start + HeaderLength <= end)
        {
            int length = BitConverter.ToUInt16(message[start..]);
            if (length < HeaderLength || start + length > end)
                return false;
            if (offset < start + length)
            {
                end = start + length;
                return true;
            }

            start += (length + 3) & ~3;
        }

        return false;
    }
}
