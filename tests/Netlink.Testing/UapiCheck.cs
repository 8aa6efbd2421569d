using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>
/// Compares every constant and struct of a library's <c>Uapi</c> namespaces with the system's kernel headers: a C program made
/// of their names prints what the headers say. An enum member or <c>const</c> is compared with the C constant of its name, a
/// struct with the C struct of its name, in size and in the place and size of each field.
/// </summary>
public sealed class UapiCheck
{
    /// <summary>The name that a flags enum has for its zero; C has none.</summary>
    private const string Zero = "NONE";

    /// <summary>The library whose <c>Uapi</c> namespaces are checked.</summary>
    public required Assembly Library { get; init; }

    /// <summary>The headers that have the names, such as <c>linux/netlink.h</c>, in the order of their inclusion.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    /// <summary>
    /// What the system's headers may be too old for, and since when the kernel has it: constants (<c>IFLA_ALLMULTI</c>), structs
    /// and fields (<c>tc_stats.qlen</c>). Compared all the same where the headers have it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Newer { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What no header has, and why: constants, types, fields (<c>tc_stats.Padding</c>). Not compared.</summary>
    public IReadOnlyDictionary<string, string> Ours { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>C's name for a type or constant that has another one here, such as <c>NETLINK</c>'s.</summary>
    public IReadOnlyDictionary<string, string> InC { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Fails with every difference at once.</summary>
    /// <returns>How many numbers were compared: values, sizes, offsets.</returns>
    public int Run()
    {
        Requires.Tool("gcc");
        if (!File.Exists("/usr/include/linux/netlink.h"))
            Assert.Skip("needs the kernel's UAPI headers (linux-libc-dev)");

        var questions = new List<Question>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var types = Library.GetExportedTypes().Where(static t => t.Namespace?.EndsWith(".Uapi", StringComparison.Ordinal) == true && !t.IsNested);
        foreach (var type in types.OrderBy(static t => t.Name, StringComparer.Ordinal))
            questions.AddRange(QuestionsOf(type).Where(q => !IsOurs(type, q, used)));
        var faults = Ours.Keys.Except(used).Select(static key => $"{key}: listed as ours, but nothing here has that name").ToList();
        var (answers, missing) = UapiProgram.Ask(Headers, questions);
        var compared = 0;
        foreach (var question in questions)
        {
            if (answers.TryGetValue(question.Expression, out var theirs))
            {
                compared++;
                if (!question.Is(theirs))
                    faults.Add($"{question.Expression} is {question.Value} here and {theirs} in the headers");
            }
            else if (!question.Names.Any(Newer.ContainsKey))
            {
                faults.Add($"{question.Expression}: the headers do not have it ({missing.GetValueOrDefault(question.Expression, "no answer")})");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        return compared;
    }

    private bool IsOurs(Type type, Question question, HashSet<string> used)
    {
        var found = question.Names.Append(type.Name).FirstOrDefault(Ours.ContainsKey);
        if (found is not null)
            used.Add(found);
        return found is not null;
    }

    private IEnumerable<Question> QuestionsOf(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.Name != Zero).Select(Constant);
        if (type.IsValueType)
            return Struct(type);
        return type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral && f.FieldType != typeof(string)).Select(Constant);
    }

    private Question Constant(FieldInfo field)
    {
        var value = field.GetRawConstantValue()!;
        var number = value is ulong large ? unchecked((long)large) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        return new Question(InC.GetValueOrDefault(field.Name, field.Name), number, [field.Name], SizeOf(value.GetType()));
    }

    private IEnumerable<Question> Struct(Type type)
    {
        var name = InC.GetValueOrDefault(type.Name, "struct " + type.Name);
        yield return new Question($"sizeof({name})", SizeOf(type), [type.Name]);
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            string[] names = [$"{type.Name}.{field.Name}", type.Name];
            var member = InC.GetValueOrDefault(names[0], field.Name);
            yield return new Question($"offsetof({name}, {member})", Marshal.OffsetOf(type, field.Name), names);
            yield return new Question($"sizeof((({name} *)0)->{member})", SizeOf(field.FieldType), names);
        }
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    /// <summary>One number that both sides have.</summary>
    /// <param name="Expression">What C is asked.</param>
    /// <param name="Value">What it is here.</param>
    /// <param name="Names">What it may be listed under.</param>
    /// <param name="Width">Bytes of its type here.</param>
    internal sealed record Question(string Expression, long Value, string[] Names, int Width = sizeof(long))
    {
        /// <summary>Whether C's number is the same one; C's masks are negative (<c>~0xc000</c>), of which only our width counts.</summary>
        public bool Is(long theirs) => theirs == Value || (theirs < 0 && Width < sizeof(long) && (theirs & ((1L << (Width * 8)) - 1)) == Value);
    }
}
