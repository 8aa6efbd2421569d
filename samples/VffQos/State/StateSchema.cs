using System.Globalization;
using Microsoft.Data.Sqlite;

namespace VffQos.State;

/// <summary>The state file's tables, and the way from any earlier version to the present one.</summary>
internal static class StateSchema
{
    /// <summary>"VffQ" in the file's header: what lacks it is somebody else's database.</summary>
    public const int ApplicationId = 0x5666_6651;

    /// <summary>Step <c>n</c> turns version <c>n</c> into <c>n + 1</c>. Steps that were released stay as they are; a change is a new step.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE users (name TEXT PRIMARY KEY, idx INTEGER NOT NULL UNIQUE, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE positions (path TEXT PRIMARY KEY, device INTEGER NOT NULL, inode INTEGER NOT NULL, offset INTEGER NOT NULL, digest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE flows (id INTEGER PRIMARY KEY CHECK (id = 0), taken_at INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
        """,
    ];

    /// <summary>Refuses a database that is not ours, is damaged, or is newer than we know.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="file">For the message.</param>
    /// <exception cref="StateException">It is one of those.</exception>
    /// <exception cref="SqliteException">It is no database at all.</exception>
    public static void Check(SqliteConnection connection, string file)
    {
        // An empty file is a database to SQLite; to us it is what is left of one.
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new StateException($"The state file {file} is empty or not vffqos's: bring it back, or move it away and lose the users' marks.");
        var version = Number(connection, "PRAGMA user_version");
        if (version > Steps.Count)
        {
            throw new StateException(
                $"The state file {file} has version {version} and this vffqos knows versions up to {Steps.Count}: install the newer one again, or move the file away and lose the users' marks.");
        }

        var found = Text(connection, "PRAGMA quick_check(1)");
        if (found != "ok")
            throw new StateException($"The state file {file} is damaged ({found}): bring it back from a copy, or move it away and lose the users' marks.");
    }

    /// <summary>Takes the steps that the database has not taken yet, each in a transaction of its own.</summary>
    public static void Upgrade(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        for (var version = Number(connection, "PRAGMA user_version"); version < steps.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{steps[version]}; PRAGMA user_version = {version + 1}");
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static int Number(SqliteConnection connection, string sql) => int.Parse(Text(connection, sql), CultureInfo.InvariantCulture);

    private static string Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}
