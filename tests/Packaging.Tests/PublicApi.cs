using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace VffNetlink.Packaging.Tests;

/// <summary>An assembly's public surface, a line a member, in an order that does not depend on the compiler.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    public static List<string> Describe(Assembly assembly)
    {
        var lines = new List<string>();
        foreach (var type in assembly.GetExportedTypes().OrderBy(static t => t.FullName, StringComparer.Ordinal))
        {
            lines.Add(TypeLine(type));
            lines.AddRange(Members(type).Select(static line => "  " + line).Order(StringComparer.Ordinal));
        }

        return lines;
    }

    private static string TypeLine(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => $"enum {NameOf(type)} : {NameOf(type.GetEnumUnderlyingType())}",
            { IsInterface: true } => "interface " + NameOf(type),
            { IsValueType: true } => (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct " + NameOf(type),
            _ => (type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class " + NameOf(type),
        };
        var bases = type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(static i => i.IsVisible).Select(NameOf).Order(StringComparer.Ordinal).ToList();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
            bases.Insert(0, NameOf(parent));
        return $"{type.Namespace}: {kind}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var field in type.GetFields(Declared).Where(static f => f.IsPublic || f.IsFamily))
            yield return $"{(field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : ""))}{NameOf(field.FieldType)}{Mark(Nullability.Create(field))} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "")}";
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible).Where(static c => !c.IsStatic))
            yield return $"{Access(constructor)}{NameOf(type)}({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Declared).Where(static p => p.GetAccessors(nonPublic: true).Any(IsVisible)))
            yield return PropertyLine(property);
        foreach (var e in type.GetEvents(Declared).Where(static e => IsVisible(e.AddMethod!)))
            yield return $"event {NameOf(e.EventHandlerType!)} {e.Name}";
        foreach (var method in type.GetMethods(Declared).Where(IsVisible).Where(static m => !IsAccessor(m) && !m.Name.Contains('<', StringComparison.Ordinal)))
            yield return $"{Access(method)}{Modifiers(method)}{NameOf(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)}){Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [])}";
    }

    private static string PropertyLine(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var indexes = property.GetIndexParameters();
        var name = indexes.Length > 0 ? $"this[{string.Join(", ", indexes.Select(Parameter))}]" : property.Name;
        var first = property.GetAccessors(nonPublic: true)[0];
        return $"{Access(first)}{Modifiers(first)}{required}{NameOf(property.PropertyType)}{Mark(Nullability.Create(property))} {name} {{ {getter}{setter}}}";
    }

    private static string Access(MethodBase method) => method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";

    private static string Modifiers(MethodInfo method) =>
        (method.IsStatic ? "static " : "")
        + (method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal && method.GetBaseDefinition() == method ? "virtual " : method.GetBaseDefinition() != method ? "override " : "");

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var text = new StringBuilder();
        if (parameter.IsDefined(typeof(ScopedRefAttribute)))
            text.Append("scoped ");
        if (parameter.ParameterType.IsByRef)
            text.Append(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ");
        else if (parameter.IsDefined(typeof(ParamCollectionAttribute)) || parameter.IsDefined(typeof(ParamArrayAttribute)))
            text.Append("params ");
        text.Append(NameOf(parameter.ParameterType)).Append(Mark(Nullability.Create(parameter))).Append(' ').Append(parameter.Name);
        if (parameter.HasDefaultValue)
            text.Append(" = ").Append(parameter.ParameterType.IsValueType && parameter.RawDefaultValue is null ? "default" : Literal(parameter.RawDefaultValue));
        return text.ToString();
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static t => t.Name))}>" : "";

    private static string Constraints(Type[] arguments)
    {
        var clauses = new StringBuilder();
        foreach (var argument in arguments.Where(static a => a.IsGenericParameter))
        {
            var attributes = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                parts.Add("class");
            if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
                parts.Add(argument.IsDefined(typeof(IsUnmanagedAttribute)) ? "unmanaged" : "struct");
            parts.AddRange(argument.GetGenericParameterConstraints().Where(static c => c != typeof(ValueType)).Select(NameOf).Order(StringComparer.Ordinal));
            if (attributes.HasFlag((GenericParameterAttributes)0x20))
                parts.Add("allows ref struct");
            if (parts.Count > 0)
                clauses.Append(CultureInfo.InvariantCulture, $" where {argument.Name} : {string.Join(", ", parts)}");
        }

        return clauses.ToString();
    }

    private static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsByRef)
            return NameOf(type.GetElementType()!);
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (type.IsPointer)
            return NameOf(type.GetElementType()!) + "*";
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return NameOf(inner) + "?";
        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType;
        var arguments = type.GetGenericArguments().Skip(outer?.GetGenericArguments().Length ?? 0).ToList();
        return (outer is null ? "" : NameOf(outer) + ".") + own + (arguments.Count > 0 ? $"<{string.Join(", ", arguments.Select(NameOf))}>" : "");
    }

    private static string Mark(NullabilityInfo info) => !info.Type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "";

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
