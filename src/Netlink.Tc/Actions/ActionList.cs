using System.Buffers;
using System.Text;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The actions of a filter in their order: <c>ActionList.Of(new CtinfoAction { … }).Then(new MirredAction { … })</c>. They are encoded
/// here and now, so that writing the filter copies bytes.
/// </summary>
/// <remarks>
/// Read back, a list has the actions that have a type here as they were written, without their numbers and what the kernel counts and
/// dates; so two lists that do the same are equal, and what was read can be written. Kinds without a type keep their bytes and are
/// compared byte by byte; the kernel may refuse to take some of these bytes back.
/// </remarks>
public readonly struct ActionList : IEquatable<ActionList>
{
    private const int Maximum = 32; // TCA_ACT_MAX_PRIO
    private const int Scaffold = 20; // what a message needs in front of attributes
    private const int Overhead = 64; // headers of the nest, of the kind's name, and padding
    private const int Growth = 512; // of one action's options, rewritten

    private readonly byte[]? _bytes;

    private ActionList(byte[] bytes, int count)
    {
        _bytes = bytes;
        Count = count;
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The encoded list: nests numbered from 1.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A list of one action.</summary>
    public static ActionList Of<T>(in T action)
        where T : struct, IActionKind<T> => default(ActionList).Then(action);

    /// <summary>This list and one more action behind it.</summary>
    /// <exception cref="InvalidOperationException">The list has 32 actions, the kernel's limit.</exception>
    public ActionList Then<T>(in T action)
        where T : struct, IActionKind<T>
    {
        KnownActions.Remember<T>();
        var buffer = ArrayPool<byte>.Shared.Rent(Scaffold + Bytes.Length + Overhead + T.Kind.Length + T.Room);
        try
        {
            var message = BeginList(buffer, out var list);
            using (var nest = list.Nest<TCA_ACT>((ActionOrder)(Count + 1)))
            {
                nest.PutString(TCA_ACT.TCA_ACT_KIND, T.Kind);
                action.Write(nest);
            }

            return new ActionList(message.Message[Scaffold..].ToArray(), Count + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>This list and behind it an action of a kind that has no type.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="options">The payload of <c>TCA_ACT_OPTIONS</c>.</param>
    /// <exception cref="InvalidOperationException">The list has 32 actions, the kernel's limit.</exception>
    public ActionList Then(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> options)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Scaffold + Bytes.Length + Overhead + kind.Length + options.Length);
        try
        {
            var message = BeginList(buffer, out var list);
            using (var nest = list.Nest<TCA_ACT>((ActionOrder)(Count + 1)))
            {
                nest.PutString(TCA_ACT.TCA_ACT_KIND, kind);
                PutOptions(nest, options);
            }

            return new ActionList(message.Message[Scaffold..].ToArray(), Count + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Walks the actions.</summary>
    public ActionReader GetEnumerator() => new(_bytes);

    /// <summary>Whether both do the same.</summary>
    public bool Equals(ActionList other)
    {
        if (Count != other.Count)
            return false;
        var right = other.GetEnumerator();
        foreach (var left in this)
        {
            right.MoveNext();
            if (!left.Kind.SequenceEqual(right.Current.Kind) || !KnownActions.AreSame(left.Kind, left.Options, right.Current.Options))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActionList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var action in this)
            hash.AddBytes(action.Kind);
        return hash.ToHashCode();
    }

    /// <summary>The kinds: <c>ctinfo, mirred</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var action in this)
            text.Append(text.Length == 0 ? "" : ", ").Append(Encoding.UTF8.GetString(action.Kind));
        return text.ToString();
    }

    /// <summary>Whether both do the same.</summary>
    public static bool operator ==(ActionList left, ActionList right) => left.Equals(right);

    /// <summary>Whether they do different things.</summary>
    public static bool operator !=(ActionList left, ActionList right) => !left.Equals(right);

    /// <summary>Puts the list; nothing where it is empty.</summary>
    internal void Write<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        if (_bytes is not null)
            attributes.Put(id, _bytes);
    }

    /// <summary>Copies a list that the kernel sent, as far as it can be sent to it again.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    internal static ActionList Read(ReadOnlySpan<byte> actions)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Scaffold + actions.Length + Overhead + (Maximum * Growth));
        try
        {
            var count = 0;
            var message = default(ActionList).BeginList(buffer, out var list);
            foreach (var action in new ActionReader(actions))
            {
                if (++count > Maximum)
                    throw new NetlinkFormatException($"A list of actions has more than the {Maximum} that a filter can have.");
                using var nest = list.Nest<TCA_ACT>((ActionOrder)count);
                Copy(action, nest);
            }

            return count == 0 ? default : new ActionList(message.Message[Scaffold..].ToArray(), count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Copy(ActionView action, AttributeWriter<TCA_ACT> nest)
    {
        var hasOptions = false;
        foreach (var a in new AttributeReader<TCA_ACT>(action.Attributes))
        {
            switch (a.Id)
            {
                case TCA_ACT.TCA_ACT_INDEX:
                case TCA_ACT.TCA_ACT_STATS:
                case TCA_ACT.TCA_ACT_PAD:
                case TCA_ACT.TCA_ACT_USED_HW_STATS:
                case TCA_ACT.TCA_ACT_IN_HW_COUNT:
                    break; // the kernel's own, which it takes from nobody
                case TCA_ACT.TCA_ACT_OPTIONS:
                    // Of several the kernel takes the last one, and so does the view.
                    if (!hasOptions && !KnownActions.TryRewrite(action.Kind, action.Options, nest))
                        PutOptions(nest, action.Options);
                    hasOptions = true;
                    break;
                default:
                    nest.Put(a.Id, a.Payload);
                    break;
            }
        }
    }

    /// <summary>The kernel sends the nest without its flag and wants it with it.</summary>
    private static void PutOptions(AttributeWriter<TCA_ACT> nest, ReadOnlySpan<byte> options)
    {
        using var inside = nest.NestFlagged<TCA_ACT>(TCA_ACT.TCA_ACT_OPTIONS);
        inside.PutRaw(options);
    }

    private MessageWriter BeginList(Span<byte> buffer, out AttributeWriter<ActionOrder> list)
    {
        if (Count == Maximum)
            throw new InvalidOperationException($"A filter has at most {Maximum} actions.");
        var message = MessageWriter.Begin(buffer, 0, NLM_F.NONE);
        list = message.PutHeader<uint, ActionOrder>(0);
        list.PutRaw(Bytes);
        return message;
    }
}
