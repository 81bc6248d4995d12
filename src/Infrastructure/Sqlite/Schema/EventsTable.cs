namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Log of events, and the name of the log.</summary>
internal static class EventsTable
{
    // SQLite gives an INTEGER PRIMARY KEY the next number after the highest: without gaps, as long as the last row stays.
    public const string Migration = """
        CREATE TABLE events (
            sequence INTEGER NOT NULL PRIMARY KEY,
            action TEXT NOT NULL,
            at INTEGER NOT NULL,
            issueId INTEGER NOT NULL,
            __v INTEGER NOT NULL,
            status TEXT,
            changed TEXT NOT NULL,
            "by" TEXT,
            caller TEXT,
            recordedAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE eventLog (epoch TEXT NOT NULL) STRICT;
        INSERT INTO eventLog SELECT lower(hex(randomblob(8)));
        """;
}
