namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Columns for triage, and the table by which issues are found by assignee and tag.</summary>
internal static class TriageColumns
{
    /// <summary>Values in the form in which they are compared, each with the issues that have it.</summary>
    public const string Labels =
        "CREATE TABLE labels (field TEXT NOT NULL, value TEXT NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (field, value, issueId))";

    public const string Migration = $"""
        ALTER TABLE issues ADD COLUMN assignee TEXT;
        ALTER TABLE issues ADD COLUMN tags TEXT;
        ALTER TABLE issues ADD COLUMN priority TEXT;
        ALTER TABLE issues ADD COLUMN dueAt INTEGER;
        ALTER TABLE issues ADD COLUMN fault TEXT;
        ALTER TABLE issues ADD COLUMN cost TEXT;
        CREATE INDEX issues_by_due_time ON issues (dueAt, _id, status) WHERE dueAt IS NOT NULL;
        {Labels} STRICT, WITHOUT ROWID;
        """;

    /// <summary>Index by which unresolved issues are counted without reading them.</summary>
    public const string StatusIndex = """
        DROP INDEX issues_of_status;
        CREATE INDEX issues_of_status ON issues (status, createdAt, _id, dueAt, priority, assignee, issueType, channel, mergedInto);
        """;
}
