namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Columns for merged issues, and for the copies of their messages, which have the ids of the messages.</summary>
internal static class MergeColumns
{
    public const string Migration = """
        ALTER TABLE issues ADD COLUMN mergedInto TEXT;
        ALTER TABLE discussion ADD COLUMN fromIssueId TEXT;
        DROP INDEX messages_by_id;
        CREATE UNIQUE INDEX messages_by_id ON discussion (_id, issueId) WHERE _id IS NOT NULL;
        """;
}
