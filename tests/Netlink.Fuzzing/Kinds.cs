using System.Reflection;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffNetlink.Fuzzing;

/// <summary>The kinds that the libraries have by type. They are found, not listed: whoever adds one has nothing to do here.</summary>
internal static class Kinds
{
    /// <summary>The names of all kinds of everything.</summary>
    public static IEnumerable<byte[]> Names
    {
        get
        {
            return OfLinks.Concat(OfTc).Concat(OfActions).Select(static t => NameOf(t, "Kind"))
                .Concat(OfExpressions.Select(static t => NameOf(t, "Name")))
                .DistinctBy(Convert.ToHexString);
        }
    }

    /// <summary>Kinds of links.</summary>
    public static IEnumerable<Type> OfLinks => Implementing(typeof(Link).Assembly, typeof(ILinkKind<>));

    /// <summary>Kinds of qdiscs, classes and filters.</summary>
    public static IEnumerable<Type> OfTc => Implementing(typeof(TcClient).Assembly, typeof(ITcKind<>));

    /// <summary>Kinds of actions.</summary>
    public static IEnumerable<Type> OfActions => Implementing(typeof(TcClient).Assembly, typeof(IActionKind<>));

    /// <summary>Kinds of expressions.</summary>
    public static IEnumerable<Type> OfExpressions => Implementing(typeof(NftClient).Assembly, typeof(INftExpression<>));

    /// <summary>What a generic method makes of each type.</summary>
    /// <param name="types">Its type argument.</param>
    /// <param name="owner">Who has the method.</param>
    /// <param name="method">A static one without parameters.</param>
    public static IEnumerable<T> Select<T>(IEnumerable<Type> types, Type owner, string method) =>
        types.Select(type => (T)owner.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.MakeGenericMethod(type).Invoke(null, null)!);

    private static byte[] NameOf(Type kind, string property) => kind.GetProperty(property)!.GetMethod!.CreateDelegate<Bytes>()().ToArray();

    private static IEnumerable<Type> Implementing(Assembly assembly, Type contract) =>
        assembly.GetExportedTypes()
            .Where(type => type.IsValueType && !type.ContainsGenericParameters
                && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract && i.GetGenericArguments()[0] == type))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal);

    private delegate ReadOnlySpan<byte> Bytes();
}
