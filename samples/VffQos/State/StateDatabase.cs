using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using VffQos.Interop;
using VffQos.Marks;
using VffQos.Sources.Logs;
using VffQos.Users;

namespace VffQos.State;

/// <summary>The state file: how it is made, read and written. Not safe for use by several threads.</summary>
internal sealed partial class StateDatabase : IDisposable
{
    /// <summary>The file's name in the state directory.</summary>
    public const string FileName = "state.db";

    private const string WalSuffix = "-wal";
    private const string IndexSuffix = "-shm";
    private const string NewSuffix = ".new";

    private readonly SqliteConnection _connection;
    private readonly string _file;

    private StateDatabase(SqliteConnection connection, string file)
    {
        _connection = connection;
        _file = file;
    }

    /// <summary>Opens the state for writing; makes it where there is none.</summary>
    /// <exception cref="StateException">It is not ours, is damaged, or comes from a newer version.</exception>
    public static StateDatabase Open(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!Exists(file))
            Create(file);
        var database = Connect(file, file, SqliteOpenMode.ReadWrite);
        try
        {
            database.Guard("cannot be opened", () =>
            {
                StateSchema.Check(database._connection, file);
                // One fsync a commit, and what was committed survives the machine's power.
                database.Execute("PRAGMA journal_mode = WAL");
                database.Execute("PRAGMA synchronous = FULL");
                StateSchema.Upgrade(database._connection, StateSchema.Steps);
            });
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>All that it holds.</summary>
    /// <exception cref="StateException">It is damaged.</exception>
    public StateContents Read()
    {
        var users = Query("SELECT name, idx, first_seen, last_seen FROM users", static r =>
            new StoredUser(ReadName(r), ReadIndex(r), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3))));
        var positions = Query("SELECT path, device, inode, offset, digest FROM positions", static r =>
            (Path: r.GetString(0), Position: new LogPosition((ulong)r.GetInt64(1), (ulong)r.GetInt64(2), r.GetInt64(3), (ulong)r.GetInt64(4))));
        var facts = Query("SELECT key, value FROM facts", static r => (Key: r.GetString(0), Value: r.GetString(1)));
        // A command that only reads may meet a state of an earlier version.
        var hasFlows = Query("SELECT 1 FROM sqlite_schema WHERE name = 'flows'", static _ => true).Count > 0;
        var flows = hasFlows ? Query("SELECT taken_at, data FROM flows", static r =>
            new FlowSnapshot(DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(0)), r.GetFieldValue<byte[]>(1))) : [];
        return new StateContents(
            users,
            positions.ToDictionary(static p => p.Path, static p => p.Position),
            facts.ToDictionary(static f => f.Key, static f => f.Value))
        {
            Flows = flows.Count > 0 ? flows[0] : null,
        };
    }

    /// <summary>Carries out changes in one transaction: when it returns they are on disk, all of them.</summary>
    /// <exception cref="StateException">They are not, none of them.</exception>
    public void Apply(IEnumerable<StateChange> changes) => Guard("cannot be written", () =>
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var change in changes)
        {
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            change.Describe(command);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Whether there is a state; its loss is no first start.</summary>
    private static bool Exists(string file)
    {
        if (File.Exists(file))
            return true;
        if (File.Exists(file + WalSuffix))
            throw new StateException($"The state file {file} is gone and its log {file + WalSuffix} is not: bring it back, or remove that too and lose the users' marks.");
        return false;
    }

    /// <summary>Makes the file whole under another name, so that no crash leaves an empty state behind.</summary>
    private static void Create(string file)
    {
        var made = file + NewSuffix;
        try
        {
            File.Delete(made);
            // The names of users are nobody's business; what SQLite puts beside the file takes its mode.
            new FileStream(made, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
            using (var database = Connect(file, made, SqliteOpenMode.ReadWrite))
            {
                database.Guard("cannot be made", () =>
                {
                    database.Execute("PRAGMA synchronous = FULL");
                    database.Execute($"PRAGMA application_id = {StateSchema.ApplicationId}");
                    StateSchema.Upgrade(database._connection, StateSchema.Steps);
                });
            }

            File.Move(made, file);
            SyncDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state file {file} cannot be made: {exception.Message}", exception);
        }
    }

    private static void SyncDirectory(string directory)
    {
        var descriptor = Libc.Open(directory, Libc.O_RDONLY | Libc.O_CLOEXEC);
        if (descriptor < 0)
            throw new IOException(System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage());
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    private static StateDatabase Connect(string file, string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        var database = new StateDatabase(connection, file);
        try
        {
            database.Guard("cannot be opened", connection.Open);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ReadName(SqliteDataReader row)
    {
        var name = row.GetString(0);
        return UserName.Check(System.Text.Encoding.UTF8.GetBytes(name)) == UserNameFault.None
            ? name
            : throw new InvalidOperationException("it holds a user whose name no source can have given");
    }

    private static ushort ReadIndex(SqliteDataReader row) =>
        row.GetInt64(1) is >= MarkSpace.FirstIndex and <= MarkSpace.LastIndex and var index
            ? (ushort)index
            : throw new InvalidOperationException($"it gives user \"{row.GetString(0)}\" the index {row.GetInt64(1)}, which nobody can have");

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        Guard("cannot be read", () =>
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(read(reader));
        });
        return rows;
    }

    private void Guard(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is SqliteException or InvalidCastException or InvalidOperationException or ArgumentException)
        {
            throw new StateException($"The state file {_file} {what} ({exception.Message}): mend its disk or permissions, or move it away and lose the users' marks.", exception);
        }
    }
}
