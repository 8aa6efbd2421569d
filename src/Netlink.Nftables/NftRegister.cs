using System.Globalization;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// A place among the 64 bytes of registers that the expressions of a rule hand values through, or the verdict. The kernel has
/// two numberings for the same bytes; a value of this type is the place, whichever number named it.
/// </summary>
/// <remarks>
/// <code>
/// byte     0               16              32              48
/// 16 bytes | R1            | R2            | R3            | R4            |
/// 4 bytes  | W0| W1| W2| W3| W4| W5| W6| W7| W8| W9|W10|W11|W12|W13|W14|W15|
/// </code>
/// A concatenated key lies in one piece: each part starts at the word behind the last one's.
/// </remarks>
public readonly record struct NftRegister
{
    private const int Words = 16;
    private const int WordsInRegister = 4;

    /// <summary>0 is the verdict, which makes it the default; a word's number plus 1 otherwise.</summary>
    private readonly byte _place;

    private NftRegister(int word) => _place = (byte)(word + 1);

    /// <summary>The verdict (NFT_REG_VERDICT).</summary>
    public static NftRegister Verdict => default;

    /// <summary>Bytes 0 to 15 (NFT_REG_1): where a rule's first value usually goes.</summary>
    public static NftRegister R1 => new(0);

    /// <summary>Bytes 16 to 31 (NFT_REG_2).</summary>
    public static NftRegister R2 => new(WordsInRegister);

    /// <summary>Bytes 32 to 47 (NFT_REG_3).</summary>
    public static NftRegister R3 => new(2 * WordsInRegister);

    /// <summary>Bytes 48 to 63 (NFT_REG_4).</summary>
    public static NftRegister R4 => new(3 * WordsInRegister);

    /// <summary>Whether this is the verdict, not data.</summary>
    public bool IsVerdict => _place == 0;

    /// <summary>The number that the kernel itself would report: of a 16-byte register where one starts here, else of the word.</summary>
    public NFT_REG Number
    {
        get
        {
            var word = _place - 1;
            return IsVerdict ? NFT_REG.NFT_REG_VERDICT
                : word % WordsInRegister == 0 ? NFT_REG.NFT_REG_1 + (uint)(word / WordsInRegister)
                : NFT_REG.NFT_REG32_00 + (uint)word;
        }
    }

    /// <summary>The four bytes with this number (NFT_REG32_00 and on).</summary>
    /// <param name="index">0 to 15.</param>
    public static NftRegister Word(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Words);
        return new NftRegister(index);
    }

    /// <summary>Where the next part of a concatenation goes.</summary>
    /// <param name="length">Bytes of the part that starts here; it takes whole words.</param>
    /// <exception cref="ArgumentOutOfRangeException">The registers end there.</exception>
    public NftRegister After(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return Word(_place - 1 + (length + 3) / 4);
    }

    /// <summary>Such as <c>reg 1</c>, with the kernel's number, as <c>nft --debug=netlink</c> has it.</summary>
    public override string ToString() => "reg " + ((uint)Number).ToString(CultureInfo.InvariantCulture);

    /// <summary>The place that a number of either kind names.</summary>
    /// <exception cref="NetlinkFormatException">It names none.</exception>
    internal static NftRegister Read<TAttr>(scoped in NetlinkAttribute<TAttr> attribute)
        where TAttr : unmanaged, Enum
    {
        var number = (NFT_REG)attribute.ReadUInt32BigEndian();
        return number switch
        {
            NFT_REG.NFT_REG_VERDICT => Verdict,
            >= NFT_REG.NFT_REG_1 and <= NFT_REG.NFT_REG_4 => new NftRegister((int)(number - NFT_REG.NFT_REG_1) * WordsInRegister),
            >= NFT_REG.NFT_REG32_00 and <= NFT_REG.NFT_REG32_15 => new NftRegister((int)(number - NFT_REG.NFT_REG32_00)),
            _ => throw new NetlinkFormatException($"Attribute {attribute.Id} names the register {(uint)number}, which does not exist."),
        };
    }

    internal void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum => attributes.PutBigEndian(id, (uint)Number);
}
