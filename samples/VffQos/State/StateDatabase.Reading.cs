using Microsoft.Data.Sqlite;

namespace VffQos.State;

/// <content>Reading without a trace, whatever the daemon is doing.</content>
internal sealed partial class StateDatabase
{
    private const int MaxReadAttempts = 100;
    private static readonly TimeSpan PauseBetweenReads = TimeSpan.FromMilliseconds(5);

    /// <summary>Reads the state and changes nothing, also beside a daemon that runs or one that was killed.</summary>
    /// <exception cref="StateException">It is not ours, is damaged, or comes from a newer version.</exception>
    public static StateContents Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        for (var attempt = 1; ; attempt++)
        {
            var before = Look(file);
            try
            {
                if (!Exists(file))
                    return StateContents.Empty;
                if (before is { HasWal: true, HasIndex: true })
                    return ReadAt(file, $"{ToUri(file)}?readonly_shm=1", SqliteOpenMode.ReadOnly); // beside the daemon, as any other reader
                var contents = before.HasWal ? ReadCopy(file) : ReadAt(file, $"{ToUri(file)}?immutable=1", SqliteOpenMode.ReadOnly);
                if (Look(file) == before)
                    return contents;
            }
            catch (Exception exception) when (attempt < MaxReadAttempts && (Look(file) != before || IsPassing(exception)))
            {
                // A daemon that starts or ends makes files appear and vanish under us: then look again.
            }

            if (attempt == MaxReadAttempts)
                throw new StateException($"The state file {file} is never still: try again.");
            Thread.Sleep(PauseBetweenReads);
        }
    }

    private static StateContents ReadAt(string file, string source, SqliteOpenMode mode)
    {
        using var database = Connect(file, source, mode);
        database.Guard("cannot be opened", () => StateSchema.Check(database._connection, file));
        return database.Read();
    }

    /// <summary>Reads a file and its log without the log's index, which SQLite would make beside them.</summary>
    private static StateContents ReadCopy(string file)
    {
        var folder = Directory.CreateTempSubdirectory("vffqos-");
        try
        {
            var copy = Path.Combine(folder.FullName, FileName);
            File.Copy(file, copy);
            File.Copy(file + WalSuffix, copy + WalSuffix);
            return ReadAt(file, copy, SqliteOpenMode.ReadWrite);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (bool HasWal, bool HasIndex, DateTime Changed, DateTime WalChanged) Look(string file) =>
        (File.Exists(file + WalSuffix), File.Exists(file + IndexSuffix), File.GetLastWriteTimeUtc(file), File.GetLastWriteTimeUtc(file + WalSuffix));

    /// <summary>What SQLite says while another process is between two steps: not open, not readable or locked yet.</summary>
    private static bool IsPassing(Exception exception) =>
        exception is StateException { InnerException: SqliteException { SqliteErrorCode: 5 or 8 or 14 or 15 } }; // BUSY, READONLY, CANTOPEN, PROTOCOL

    private static string ToUri(string file) => $"file:{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}";
}
