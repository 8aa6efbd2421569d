using System.Globalization;
using VffQos.Interop;

namespace VffQos.State;

/// <summary>The state directory, held by one process at a time: the lock goes with the process, however it ends.</summary>
internal sealed class StateDirectory : IDisposable
{
    private const string LockName = "lock";
    private const string HolderName = "pid";

    private readonly FileStream _lock;

    private StateDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Takes the directory; makes it where there is none, for its owner alone.</summary>
    /// <exception cref="StateException">Another process has it, or it cannot be made.</exception>
    public static StateDirectory Take(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        try
        {
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // FileShare.None is flock(LOCK_EX | LOCK_NB).
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                // Beside the lock, which nobody else can open to read.
                File.WriteAllText(System.IO.Path.Combine(path, HolderName), $"{Environment.ProcessId}\n");
                return new StateDirectory(path, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (IOException exception) when (exception.HResult == Libc.EAGAIN)
        {
            throw new StateException($"The state directory {path} is in use by {Holder(path)}.", exception) { IsInUse = true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state directory {path} cannot be used: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static string Holder(string path)
    {
        try
        {
            return $"process {int.Parse(File.ReadAllText(System.IO.Path.Combine(path, HolderName)), CultureInfo.InvariantCulture)}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return "another process"; // which has not said yet who it is
        }
    }
}
