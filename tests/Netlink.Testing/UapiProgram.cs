using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VffNetlink.Testing;

/// <summary>The C program behind <see cref="UapiCheck"/>: one line of C for each question, so that the compiler's complaints name the question.</summary>
internal static partial class UapiProgram
{
    private const string Source = "uapi.c";

    /// <summary>Compiles and runs the program. What does not compile is left out and told.</summary>
    public static (Dictionary<string, long> Answers, Dictionary<string, string> Missing) Ask(
        IReadOnlyList<string> headers, IReadOnlyList<UapiCheck.Question> questions)
    {
        var folder = Directory.CreateTempSubdirectory("uapi").FullName;
        try
        {
            var missing = new Dictionary<string, string>(StringComparer.Ordinal);
            Write(folder, headers, questions, missing);
            var (code, _, complaints) = Run(folder, "gcc", "-fsyntax-only", "-w", "-fmax-errors=0", Source);
            if (code != 0)
            {
                // Questions stand in their own lines, by number.
                foreach (Match complaint in Complaint().Matches(complaints))
                {
                    var line = int.Parse(complaint.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                    if (line > questions.Count)
                        throw new InvalidOperationException("The headers do not compile:\n" + complaints);
                    missing.TryAdd(questions[line - 1].Expression, complaint.Groups[2].Value);
                }

                Write(folder, headers, questions, missing);
            }

            (code, _, complaints) = Run(folder, "gcc", "-w", "-o", "uapi", Source);
            if (code != 0)
                throw new InvalidOperationException("The program does not compile:\n" + complaints);
            return (Answers(Run(folder, Path.Combine(folder, "uapi")).Output, questions), missing);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, IReadOnlyList<string> headers, IReadOnlyList<UapiCheck.Question> questions, Dictionary<string, string> missing)
    {
        var text = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n");
        foreach (var header in headers)
            text.Append("#include <").Append(header).Append(">\n");
        for (var i = 0; i < questions.Count; i++)
        {
            var expression = questions[i].Expression;
            // A function each: the compiler tells of an unknown name once in a function.
            text.Append(CultureInfo.InvariantCulture, $"#line {i + 1}\n");
            text.Append(missing.ContainsKey(expression)
                ? "\n"
                : string.Create(CultureInfo.InvariantCulture, $"static void q{i}(void) {{ printf(\"{i} %lld\\n\", (long long)({expression})); }}\n"));
        }

        text.Append(CultureInfo.InvariantCulture, $"#line {questions.Count + 1}\nint main(void) {{\n");
        for (var i = 0; i < questions.Count; i++)
        {
            if (!missing.ContainsKey(questions[i].Expression))
                text.Append(CultureInfo.InvariantCulture, $"q{i}();\n");
        }

        File.WriteAllText(Path.Combine(folder, Source), text.Append("return 0; }\n").ToString());
    }

    private static Dictionary<string, long> Answers(string output, IReadOnlyList<UapiCheck.Question> questions)
    {
        var answers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            var index = int.Parse(words[0], CultureInfo.InvariantCulture);
            answers[questions[index].Expression] = long.Parse(words[1], CultureInfo.InvariantCulture);
        }

        return answers;
    }

    private static (int ExitCode, string Output, string Error) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Witness.Find(program) ?? program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    [GeneratedRegex(@"^uapi\.c:(\d+):\d+: error: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Complaint();
}
