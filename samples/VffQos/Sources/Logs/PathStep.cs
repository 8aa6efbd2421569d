namespace VffQos.Sources.Logs;

/// <summary>A directory on the way to a file, and what is looked up in it.</summary>
/// <param name="Directory">Its path, free of links.</param>
/// <param name="Name">The entry looked up.</param>
/// <param name="MayAppear">
/// Whether an entry of that name can change the way without the directory behind it being moved: it is the file, a link, or not there.
/// </param>
internal readonly record struct PathStep(string Directory, string Name, bool MayAppear)
{
    private const int MaxLinks = 40; // the kernel's own limit

    /// <summary>
    /// Walks a path as the kernel does, links included, as far as it leads now.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The steps; the last one's directory and name are where the file is, or would be next to appear.</returns>
    public static List<PathStep> Walk(string path)
    {
        var steps = new List<PathStep>();
        var rest = new Stack<string>();
        Push(rest, path);
        var directory = "/";
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                directory = System.IO.Path.GetDirectoryName(directory) ?? "/";
                continue;
            }

            var entry = System.IO.Path.Combine(directory, name);
            var info = new FileInfo(entry);
            if (info.LinkTarget is { } target && ++links <= MaxLinks)
            {
                steps.Add(new(directory, name, MayAppear: true));
                if (System.IO.Path.IsPathRooted(target))
                    directory = "/";
                Push(rest, target);
            }
            else if (rest.Count > 0 && System.IO.Directory.Exists(entry) && links <= MaxLinks)
            {
                steps.Add(new(directory, name, MayAppear: false));
                directory = entry;
            }
            else
            {
                steps.Add(new(directory, name, MayAppear: true));
                break;
            }
        }

        return steps;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(n => n != ".").Reverse())
            rest.Push(name);
    }
}
