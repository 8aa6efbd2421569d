using System.Globalization;
using Microsoft.Data.Sqlite;
using VffQos.Marks;
using VffQos.Sources.Logs;

namespace VffQos.State;

/// <summary>The state file's tables, and how they are read and written. Not safe for use by several threads.</summary>
internal sealed class StateDatabase : IDisposable
{
    /// <summary>The file's name in the state directory.</summary>
    public const string FileName = "state.db";

    private const int Version = 1;

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
        var database = Connect(directory, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // One fsync a commit, and what was committed survives the machine's power.
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL");
            database.Migrate();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads the state and changes nothing, also beside a daemon that runs or one that was killed.</summary>
    /// <exception cref="StateException">It is not ours, is damaged, or comes from a newer version.</exception>
    public static StateContents Read(string directory)
    {
        if (!File.Exists(Path.Combine(directory, FileName)))
            return StateContents.Empty;
        using var database = Connect(directory, SqliteOpenMode.ReadOnly);
        return database.VersionOf() == 0 ? StateContents.Empty : database.Read();
    }

    /// <summary>All that it holds.</summary>
    /// <exception cref="StateException">It is damaged.</exception>
    public StateContents Read()
    {
        var users = Query("SELECT name, idx, first_seen, last_seen FROM users", static r =>
            new StoredUser(r.GetString(0), checked((ushort)r.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3))));
        var positions = Query("SELECT path, device, inode, offset, digest FROM positions", static r =>
            (Path: r.GetString(0), Position: new LogPosition((ulong)r.GetInt64(1), (ulong)r.GetInt64(2), r.GetInt64(3), (ulong)r.GetInt64(4))));
        var facts = Query("SELECT key, value FROM facts", static r => (Key: r.GetString(0), Value: r.GetString(1)));
        return new StateContents(
            users,
            positions.ToDictionary(static p => p.Path, static p => p.Position),
            facts.ToDictionary(static f => f.Key, static f => f.Value));
    }

    /// <summary>Carries out changes in one transaction: when it returns they are on disk, all of them.</summary>
    /// <exception cref="StateException">They are not, none of them.</exception>
    public void Apply(IEnumerable<StateChange> changes)
    {
        try
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
        }
        catch (SqliteException exception)
        {
            throw Failure("cannot be written", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Puts everything into the one file, so that a reader needs no other.</summary>
    public void Settle() => Execute("PRAGMA journal_mode = DELETE");

    private static StateDatabase Connect(string directory, SqliteOpenMode mode)
    {
        var file = Path.Combine(directory, FileName);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        var database = new StateDatabase(connection, file);
        try
        {
            connection.Open();
            database.VersionOf();
            return database;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw database.Failure("cannot be opened", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>0 for an empty file.</summary>
    private int VersionOf()
    {
        var version = int.Parse(Query("PRAGMA user_version", static r => r.GetString(0))[0], CultureInfo.InvariantCulture);
        return version <= Version
            ? version
            : throw new StateException($"The state file {_file} has version {version} and this vffqos knows versions up to {Version}: install the newer one again, or move the file away and lose the users' marks.");
    }

    private void Migrate()
    {
        if (VersionOf() == Version)
            return;
        // From here on a later version adds its own step behind "IF version < N".
        Execute(
            $"""
            BEGIN;
            CREATE TABLE users (name TEXT PRIMARY KEY, idx INTEGER NOT NULL UNIQUE, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE positions (path TEXT PRIMARY KEY, device INTEGER NOT NULL, inode INTEGER NOT NULL, offset INTEGER NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = {Version};
            COMMIT;
            """);
    }

    private void Execute(string sql)
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw Failure("cannot be prepared", exception);
        }
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception exception) when (exception is SqliteException or OverflowException or InvalidCastException or InvalidOperationException)
        {
            throw Failure("cannot be read", exception);
        }
    }

    private StateException Failure(string what, Exception exception) =>
        new($"The state file {_file} {what} ({exception.Message}): mend its disk or permissions, or move it away and lose the users' marks.", exception);
}
