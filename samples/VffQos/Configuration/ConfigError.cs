namespace VffQos.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="File">The file as it was named to us.</param>
/// <param name="Line">From 1; 0 where no line is at fault but the file.</param>
/// <param name="Column">In characters, from 1.</param>
/// <param name="Path">The key's path such as <c>userDefault.upload</c>; empty for the whole file.</param>
/// <param name="Message">What was found and what was expected.</param>
internal sealed record ConfigError(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>As compilers print it, so that editors jump there.</summary>
    public override string ToString() =>
        (Line == 0 ? $"{File}: " : $"{File}:{Line}:{Column}: ") + (Path.Length == 0 ? "" : $"{Path}: ") + Message;
}
