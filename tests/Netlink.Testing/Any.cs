using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using VffNetlink.Route;

namespace VffNetlink.Testing;

/// <summary>Generators of the values that messages are made of: the least, the greatest, and any in between.</summary>
public static class Any
{
    private const int UnknownId = 140; // beyond what any space has a name for, and any index a place

    /// <summary>Either.</summary>
    public static Gen<bool> Bool { get; } = Gen.Elements(false, true);

    /// <summary>8 bits.</summary>
    public static Gen<byte> Byte { get; } = Bits(8).Select(static v => (byte)v);

    /// <summary>16 bits.</summary>
    public static Gen<ushort> UInt16 { get; } = Bits(16).Select(static v => (ushort)v);

    /// <summary>32 bits.</summary>
    public static Gen<uint> UInt32 { get; } = Bits(32).Select(static v => (uint)v);

    /// <summary>64 bits.</summary>
    public static Gen<ulong> UInt64 { get; } = Bits(64);

    /// <summary>The index of a link.</summary>
    public static Gen<int> Index { get; } = Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, int.MaxValue));

    /// <summary>A name that the kernel can take, of a link and of anything else.</summary>
    public static Gen<string> Name { get; } = Text(1, 15);

    /// <summary>An IPv4 address.</summary>
    public static Gen<InetAddress> Address4 { get; } = Bytes(4, 4).Select(static b => new InetAddress(b));

    /// <summary>An IPv6 address.</summary>
    public static Gen<InetAddress> Address6 { get; } = Bytes(16, 16).Select(static b => new InetAddress(b));

    /// <summary>Attributes that no library has a name for.</summary>
    public static Gen<RawAttributes> UnknownAttributes { get; } =
        from count in Gen.Choose(0, 3)
        from values in Gen.ArrayOf(Bytes(0, 40), count)
        select AttributesOf(values);

    /// <summary>So many bytes.</summary>
    public static Gen<byte[]> Bytes(int least, int most) =>
        from length in Gen.Choose(least, most)
        from bytes in Gen.ArrayOf(Byte, length)
        select bytes;

    /// <summary>So many characters, none of them special to anybody.</summary>
    public static Gen<string> Text(int least, int most) =>
        from length in Gen.Choose(least, most)
        from letters in Gen.ArrayOf(Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789-_.".ToCharArray()), length)
        select letters is ['.', ..] ? $"x{new string(letters)[1..]}" : new string(letters);

    /// <summary>A value or none.</summary>
    public static Gen<T?> Maybe<T>(Gen<T> values)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), values.Select(static v => (T?)v));

    /// <summary>An object or none.</summary>
    public static Gen<T?> MaybeNull<T>(Gen<T> values)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), values.Select(static v => (T?)v));

    /// <summary>Any bytes of a fixed struct.</summary>
    public static Gen<T> Struct<T>()
        where T : unmanaged => Bytes(System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), System.Runtime.CompilerServices.Unsafe.SizeOf<T>()).Select(static b => System.Runtime.InteropServices.MemoryMarshal.Read<T>(b));

    /// <summary>
    /// Objects whose properties that can be set have any values, as far as their types tell what these are. A property that is added takes part by itself.
    /// </summary>
    /// <param name="choose">Values of a property, by its name and its type (of a nullable one the type inside), where the type does not tell or something else is wanted; else null.</param>
    public static Gen<T> Of<T>(Func<string, Type, Gen<object?>?>? choose = null)
    {
        choose ??= static (_, _) => null;
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.SetMethod is { IsPublic: true }).ToArray();
        return Gen.CollectToArray(properties.Select(p => OfType(p.PropertyType, p.Name, choose)))
            .Select(values =>
            {
                object made = Activator.CreateInstance<T>()!;
                for (var i = 0; i < properties.Length; i++)
                    properties[i].SetValue(made, values[i]);
                return (T)made;
            });
    }

    /// <summary>No value.</summary>
    public static Gen<object?> Null { get; } = Gen.Constant<object?>(null);

    /// <summary>The same values, whatever they are.</summary>
    public static Gen<object?> Boxed<T>(Gen<T> values) => values.Select(static v => (object?)v);

    /// <summary>A property holds for so many values; where it does not, FsCheck tells the value and how to have it again.</summary>
    public static void Holds<T>(Gen<T> values, Action<T> property, int times = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(times), Prop.ForAll(values.ToArbitrary(), property));

    private static Gen<object?> OfType(Type type, string property, Func<string, Type, Gen<object?>?> choose)
    {
        if (choose(property, type) is { } chosen)
            return chosen;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Gen.OneOf(Gen.Constant<object?>(null), OfType(inner, property, choose));
        if (type.IsEnum)
            return OfType(Enum.GetUnderlyingType(type), property, choose).Select(v => (object?)Enum.ToObject(type, v!));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Boxed(Bool),
            TypeCode.Byte => Boxed(Byte),
            TypeCode.SByte => Boxed(Byte.Select(static v => (sbyte)v)),
            TypeCode.UInt16 => Boxed(UInt16),
            TypeCode.Int16 => Boxed(UInt16.Select(static v => (short)v)),
            TypeCode.UInt32 => Boxed(UInt32),
            TypeCode.Int32 => Boxed(UInt32.Select(static v => (int)v)),
            TypeCode.UInt64 => Boxed(UInt64),
            TypeCode.Int64 => Boxed(UInt64.Select(static v => (long)v)),
            TypeCode.String => Boxed(MaybeNull(Name)),
            _ when type == typeof(RawAttributes) => Boxed(UnknownAttributes),
            _ when type == typeof(InetAddress) => Boxed(Gen.OneOf(Gen.Constant(default(InetAddress)), Address4, Address6)),
            _ when type == typeof(LinkLayerAddress) => Boxed(Gen.OneOf(Bytes(0, 0), Bytes(6, 6), Bytes(1, LinkLayerAddress.MaximumLength)).Select(static b => new LinkLayerAddress(b))),
            // The kernel's own structs, verbatim.
            _ when type.Namespace?.EndsWith(".Uapi", StringComparison.Ordinal) == true => (Gen<object?>)typeof(Any).GetMethod(nameof(BoxedStruct), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!,
            _ => throw new ArgumentException($"{property} is a {type}, of which nobody said what its values are."),
        };
    }

    private static Gen<object?> BoxedStruct<T>()
        where T : unmanaged => Boxed(Struct<T>());

    private static Gen<ulong> Bits(int count)
    {
        var greatest = count == 64 ? ulong.MaxValue : (1UL << count) - 1;
        var any = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => (((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2) & greatest);
        return Gen.Frequency((1, Gen.Constant(0UL)), (1, Gen.Constant(greatest)), (2, Gen.Choose(0, 255).Select(static v => (ulong)v)), (6, any));
    }

    private static RawAttributes AttributesOf(byte[][] values)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < values.Length; i++)
        {
            bytes.AddRange(BitConverter.GetBytes((ushort)(4 + values[i].Length)));
            bytes.AddRange(BitConverter.GetBytes((ushort)(UnknownId + i)));
            bytes.AddRange(values[i]);
            while (bytes.Count % 4 != 0)
                bytes.Add(0);
        }

        return new RawAttributes(bytes.ToArray());
    }
}
