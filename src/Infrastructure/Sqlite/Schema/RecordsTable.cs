namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Migration of keys, tickets and tokens into records.</summary>
internal static class RecordsTable
{
    /// <summary>Table that the tokens were in before.</summary>
    public const string TikTokShopTokens = """
        CREATE TABLE tikTokShopTokens (
            _id TEXT NOT NULL PRIMARY KEY,
            accessToken TEXT NOT NULL,
            refreshToken TEXT NOT NULL,
            refreshingUntil INTEGER,
            version INTEGER NOT NULL
        ) STRICT;
        """;

    public const string Migration = """
        CREATE TABLE records (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            version TEXT NOT NULL,
            content TEXT NOT NULL,
            attachment BLOB,
            expiresAt INTEGER,
            dueAt INTEGER,
            PRIMARY KEY (kind, key)
        ) STRICT;
        CREATE INDEX records_by_expiry ON records (expiresAt) WHERE expiresAt IS NOT NULL;
        CREATE INDEX records_by_due_time ON records (kind, dueAt) WHERE dueAt IS NOT NULL;

        INSERT INTO records (kind, key, version, content, expiresAt)
            SELECT 'ticketIssues', substr(_id, length('/(ticket)/') + 1), lower(hex(randomblob(12))),
                json_object('targetId', targetId), expiresAt
            FROM idempotencyKeys WHERE _id GLOB '/(ticket)/*';
        INSERT INTO records (kind, key, version, content, attachment, expiresAt)
            SELECT 'idempotency', _id, lower(hex(randomblob(12))),
                json_object('fingerprint', fingerprint, 'targetId', targetId, 'leaseUntil', leaseUntil), answer, expiresAt
            FROM idempotencyKeys WHERE _id NOT GLOB '/(ticket)/*';
        INSERT INTO records (kind, key, version, content)
            SELECT 'tikTokShopTokens', _id, lower(hex(randomblob(12))),
                json_object('accessToken', accessToken, 'refreshToken', refreshToken, 'refreshingUntil', refreshingUntil)
            FROM tikTokShopTokens;
        DROP TABLE idempotencyKeys;
        DROP TABLE tikTokShopTokens;
        """;
}
