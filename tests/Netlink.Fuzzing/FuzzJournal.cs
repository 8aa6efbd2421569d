using System.IO.MemoryMappedFiles;

namespace VffNetlink.Fuzzing;

/// <summary>A file that has the number of the message that is being read. It is written as memory is, and outlives a process that memory kills.</summary>
internal sealed class FuzzJournal : IDisposable
{
    private const int Size = 16;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens it for a run.</summary>
    /// <param name="path">The file, which is removed where the run ends.</param>
    /// <param name="seed">The run's.</param>
    public FuzzJournal(string path, ulong seed)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Size);
        _view = _file.CreateViewAccessor(0, Size);
        _view.Write(0, seed);
    }

    /// <summary>The seed and the message that a run died of; null where none did.</summary>
    public static (ulong Seed, long Number)? Read(string path)
    {
        if (!File.Exists(path) || File.ReadAllBytes(path) is not { Length: Size } bytes)
            return null;
        return (BitConverter.ToUInt64(bytes), BitConverter.ToInt64(bytes, sizeof(ulong)));
    }

    /// <summary>Takes note of the message that is read next.</summary>
    public void Enter(long number) => _view.Write(sizeof(ulong), number);

    /// <summary>The run ended by itself: there is nothing to tell.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
