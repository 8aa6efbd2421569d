using System.Buffers;
using System.Text;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// One expression of a rule or an element: a kind's name and its attributes as they go to the kernel, or as they came from it.
/// A kind that nobody here knows is held like any other and can be written again.
/// </summary>
public sealed class NftExpression
{
    private const int MaximumLength = 4096;

    private readonly byte[] _name;
    private readonly byte[]? _data;
    private readonly Func<NftExpression, NftExpression, bool>? _compare;

    private NftExpression(ReadOnlySpan<byte> name, byte[]? data, Func<NftExpression, NftExpression, bool>? compare)
    {
        _name = name.ToArray();
        _data = data;
        _compare = compare;
        Name = Encoding.UTF8.GetString(name);
    }

    /// <summary>The kind's name, such as <c>meta</c>.</summary>
    public string Name { get; }

    /// <summary>The attributes inside <c>NFTA_EXPR_DATA</c>; empty also where the expression has none.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>Bytes that it takes in a list, at most.</summary>
    internal int Room => _name.Length + (_data?.Length ?? 0) + 20;

    /// <summary>An expression of a known kind.</summary>
    /// <exception cref="ArgumentException">It holds a name that the kernel cannot take.</exception>
    public static NftExpression Of<T>(in T expression)
        where T : struct, INftExpression<T>
    {
        NftExpressionSpaces.Register(T.Name, T.Space);
        var buffer = ArrayPool<byte>.Shared.Rent(MaximumLength);
        try
        {
            // A message of its own, of which only what stands inside NFTA_EXPR_DATA is kept.
            var message = MessageWriter.Begin(buffer, 0, default);
            expression.WriteData(message.PutHeader<nfgenmsg, NFTA_EXPR>(default));
            var written = new AttributeReader<NFTA_EXPR>(message.Message[20..]);
            return new NftExpression(T.Name, written.TryFind(NFTA_EXPR.NFTA_EXPR_DATA, out var data) ? data.Payload.ToArray() : null, HaveOneDefinition<T>);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether it is of this kind.</summary>
    public bool Is<T>()
        where T : struct, INftExpression<T> => _name.AsSpan().SequenceEqual(T.Name);

    /// <summary>Reads it as an expression of this kind; false where it is of another.</summary>
    /// <exception cref="NetlinkFormatException">It is of this kind, and its bytes make no sense.</exception>
    public bool TryRead<T>(out T expression)
        where T : struct, INftExpression<T>
    {
        expression = Is<T>() ? T.Read(_data) : default;
        return Is<T>();
    }

    /// <summary>
    /// Whether the kernel would do the same for both: what it reported is compared with what was written, whatever the order of the attributes, the
    /// defaults it spells out, the numbering of registers and the counts so far. Expressions of a kind that this program
    /// never wrote are compared byte by byte.
    /// </summary>
    /// <exception cref="NetlinkFormatException">What was reported makes no sense.</exception>
    public bool Matches(NftExpression other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && (_data.AsSpan().SequenceEqual(other._data) || (_compare ?? other._compare)?.Invoke(this, other) == true);
    }

    /// <summary>The name and the attributes' bytes.</summary>
    public override string ToString() => _data is null ? Name : $"{Name} {Convert.ToHexStringLower(_data)}";

    /// <summary>Puts it as one entry of a list, or as the only one of an attribute.</summary>
    internal void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        using var expression = attributes.NestFlagged<NFTA_EXPR>(id);
        expression.PutString(NFTA_EXPR.NFTA_EXPR_NAME, _name);
        if (_data is null)
            return;
        using var data = expression.NestFlagged<NFTA_EXPR>(NFTA_EXPR.NFTA_EXPR_DATA);
        data.PutRaw(_data);
    }

    /// <exception cref="NetlinkFormatException">It has no name.</exception>
    internal static NftExpression Read(AttributeReader<NFTA_EXPR> attributes)
    {
        var name = ReadOnlySpan<byte>.Empty;
        byte[]? data = null;
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case NFTA_EXPR.NFTA_EXPR_NAME:
                    name = a.ReadUtf8();
                    break;
                case NFTA_EXPR.NFTA_EXPR_DATA:
                    data = a.Payload.ToArray();
                    break;
            }
        }

        return name.IsEmpty ? throw new NetlinkFormatException("An expression has no name.") : new NftExpression(name, data, null);
    }

    /// <summary>The expressions of a list, in their order.</summary>
    internal static IReadOnlyList<NftExpression> ReadList(AttributeReader<NFTA_LIST> attributes)
    {
        var list = new List<NftExpression>();
        foreach (var a in attributes)
        {
            if (a.Id == NFTA_LIST.NFTA_LIST_ELEM)
                list.Add(Read(a.Nested<NFTA_EXPR>()));
        }

        return list;
    }

    private static bool HaveOneDefinition<T>(NftExpression left, NftExpression right)
        where T : struct, INftExpression<T> =>
        left.TryRead<T>(out var a) && right.TryRead<T>(out var b) && EqualityComparer<T>.Default.Equals(T.Definition(a), T.Definition(b));
}
