namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>One row, by which the driver knows the log of the file.</summary>
internal static class LogLinkTable
{
    public const string Migration = """
        CREATE TABLE logLink (
            commits INTEGER NOT NULL,
            base INTEGER,
            salt BLOB,
            branch BLOB NOT NULL,
            earlierBranch BLOB NOT NULL,
            branchedAt INTEGER NOT NULL,
            schemaVersion INTEGER NOT NULL
        ) STRICT;
        INSERT INTO logLink SELECT 0, -1, NULL, randomblob(8), x'', 0, schema_version FROM pragma_schema_version;
        """;
}
