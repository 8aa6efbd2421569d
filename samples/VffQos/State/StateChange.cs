using Microsoft.Data.Sqlite;
using VffQos.Marks;
using VffQos.Sources.Logs;

namespace VffQos.State;

/// <summary>One change of the state.</summary>
internal abstract record StateChange
{
    /// <summary>Whether somebody waits for it to be on disk.</summary>
    public abstract bool IsUrgent { get; }

    /// <summary>Says the change in SQL.</summary>
    public abstract void Describe(SqliteCommand command);

    /// <summary>A user has a mark, and must be on disk before the kernel sees it.</summary>
    internal sealed record SaveUser(StoredUser User) : StateChange
    {
        public override bool IsUrgent => true;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = "INSERT INTO users (name, idx, first_seen, last_seen) VALUES ($name, $idx, $first, $last) "
                + "ON CONFLICT (name) DO UPDATE SET idx = excluded.idx, first_seen = excluded.first_seen, last_seen = excluded.last_seen";
            command.Parameters.AddWithValue("$name", User.Name);
            command.Parameters.AddWithValue("$idx", (long)User.Index);
            command.Parameters.AddWithValue("$first", User.FirstSeen.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$last", User.LastSeen.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>A user lost the mark; that must be on disk before another gets it.</summary>
    internal sealed record RemoveUser(string Name) : StateChange
    {
        public override bool IsUrgent => true;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = "DELETE FROM users WHERE name = $name";
            command.Parameters.AddWithValue("$name", Name);
        }
    }

    /// <summary>A user was seen.</summary>
    internal sealed record TouchUser(string Name, DateTimeOffset LastSeen) : StateChange
    {
        public override bool IsUrgent => false;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = "UPDATE users SET last_seen = $last WHERE name = $name";
            command.Parameters.AddWithValue("$name", Name);
            command.Parameters.AddWithValue("$last", LastSeen.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>A log was read up to here.</summary>
    internal sealed record SavePosition(string Path, LogPosition Position) : StateChange
    {
        public override bool IsUrgent => false;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = "INSERT INTO positions (path, device, inode, offset, digest) VALUES ($path, $device, $inode, $offset, $digest) "
                + "ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode, offset = excluded.offset, digest = excluded.digest";
            command.Parameters.AddWithValue("$path", Path);
            command.Parameters.AddWithValue("$device", (long)Position.Device);
            command.Parameters.AddWithValue("$inode", (long)Position.Inode);
            command.Parameters.AddWithValue("$offset", Position.Offset);
            command.Parameters.AddWithValue("$digest", (long)Position.Check);
        }
    }

    /// <summary>These flows are remembered, in place of those before.</summary>
    internal sealed record SaveFlows(FlowSnapshot Flows) : StateChange
    {
        public override bool IsUrgent => false;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = "INSERT OR REPLACE INTO flows (id, taken_at, data) VALUES (0, $taken, $data)";
            command.Parameters.AddWithValue("$taken", Flows.TakenAt.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$data", Flows.Data);
        }
    }

    /// <summary>A fact is known, or (null) is none any more.</summary>
    internal sealed record SetFact(string Key, string? Value) : StateChange
    {
        public override bool IsUrgent => true;

        public override void Describe(SqliteCommand command)
        {
            command.CommandText = Value is null
                ? "DELETE FROM facts WHERE key = $key"
                : "INSERT INTO facts (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
            command.Parameters.AddWithValue("$key", Key);
            if (Value is not null)
                command.Parameters.AddWithValue("$value", Value);
        }
    }
}
