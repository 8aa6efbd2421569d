using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// A kind of expression. One is one type in one file, beside a test; it may live outside this library. Nothing lists the
/// kinds: a rule holds <see cref="NftExpression"/>, which whoever knows the kind reads with
/// <see cref="NftExpression.TryRead{T}"/>.
/// </summary>
/// <typeparam name="TSelf">The kind itself, a <c>readonly record struct</c>.</typeparam>
/// <remarks>Give it <c>public static implicit operator NftExpression(TSelf e) => NftExpression.Of(e);</c>, so that a rule's expressions read as a list.</remarks>
public interface INftExpression<TSelf>
    where TSelf : struct, INftExpression<TSelf>
{
    /// <summary>The kernel's name of the kind, such as <c>meta</c>.</summary>
    static abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>The names of its attributes, for the kernel's objections.</summary>
    static abstract AttributeSpace Space { get; }

    /// <summary>Puts <c>NFTA_EXPR_DATA</c>.</summary>
    /// <param name="expression">Behind <c>NFTA_EXPR_NAME</c>.</param>
    void WriteData(AttributeWriter<NFTA_EXPR> expression);

    /// <summary>Reads what is inside <c>NFTA_EXPR_DATA</c>. Attributes that it does not know are skipped; what is missing has its default.</summary>
    /// <exception cref="NetlinkFormatException">The bytes make no sense.</exception>
    static abstract TSelf Read(ReadOnlySpan<byte> data);

    /// <summary>
    /// The expression without what does not decide what it does, for <see cref="NftExpression.Matches"/>: counts that the kernel keeps
    /// there, numbers that mean something within one transaction alone.
    /// </summary>
    static virtual TSelf Definition(in TSelf expression) => expression;
}
