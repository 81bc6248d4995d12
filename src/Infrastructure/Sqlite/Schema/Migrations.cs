namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Steps that make the tables; released ones stay.</summary>
internal static class Migrations
{
    // Columns have the names of fields; times are milliseconds since 1970 in UTC.
    public static readonly string[] All =
    [
        """
        CREATE TABLE counters (id TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE issues (
            issueId INTEGER NOT NULL PRIMARY KEY,
            _id TEXT NOT NULL UNIQUE,
            OrderId TEXT NOT NULL,
            ticketId TEXT,
            channel TEXT,
            source TEXT,
            items TEXT NOT NULL,
            trackingNumber TEXT NOT NULL,
            picker TEXT,
            packer TEXT,
            palletter TEXT,
            customerName TEXT,
            customerEmail TEXT,
            issueType TEXT,
            status TEXT,
            customerReachedAt INTEGER,
            shipped_at INTEGER,
            notes TEXT,
            createdBy TEXT,
            issueResolvedAt INTEGER,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL,
            __v INTEGER NOT NULL DEFAULT 0,
            messages INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX issues_of_order ON issues (OrderId, createdAt, _id);

        CREATE TABLE discussion (
            issueId INTEGER NOT NULL REFERENCES issues,
            __v INTEGER NOT NULL,
            userName TEXT NOT NULL,
            message TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (issueId, __v)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE history (
            issueId INTEGER NOT NULL REFERENCES issues,
            __v INTEGER NOT NULL,
            at INTEGER NOT NULL,
            "by" TEXT,
            action TEXT NOT NULL,
            changes TEXT NOT NULL,
            PRIMARY KEY (issueId, __v)
        ) STRICT, WITHOUT ROWID;
        """,

        // For the filters of lists. An issue's row has its SKUs and tracking numbers too, but as JSON, which no index covers.
        """
        CREATE INDEX issues_by_creation ON issues (createdAt, _id);
        CREATE INDEX issues_by_update ON issues (updatedAt, _id);
        CREATE INDEX issues_of_status ON issues (status, createdAt, _id);
        CREATE INDEX issues_of_ticket ON issues (ticketId);

        CREATE TABLE skus (sku TEXT NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (sku, issueId)) STRICT, WITHOUT ROWID;
        CREATE TABLE trackingNumbers (
            trackingNumber TEXT NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (trackingNumber, issueId)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER issue_added AFTER INSERT ON issues BEGIN
            INSERT OR IGNORE INTO skus SELECT value ->> 'sku', new.issueId FROM json_each(new.items);
            INSERT OR IGNORE INTO trackingNumbers SELECT value, new.issueId FROM json_each(new.trackingNumber);
        END;

        INSERT OR IGNORE INTO skus SELECT value ->> 'sku', issueId FROM issues, json_each(items);
        INSERT OR IGNORE INTO trackingNumbers SELECT value, issueId FROM issues, json_each(issues.trackingNumber);
        """,

        // From here on SearchTables writes these tables: a trigger costs time even when there is nothing to write.
        // SKUs are stored in list order, since thousands of issues share one.
        """
        DROP TRIGGER issue_added;
        DROP TABLE skus;
        CREATE TABLE skus (
            sku TEXT NOT NULL, createdAt INTEGER NOT NULL, _id TEXT NOT NULL, issueId INTEGER NOT NULL, PRIMARY KEY (sku, createdAt, _id)
        ) STRICT, WITHOUT ROWID;
        INSERT OR IGNORE INTO skus SELECT value ->> 'sku', createdAt, _id, issueId FROM issues, json_each(items);

        CREATE INDEX issues_of_status_by_update ON issues (status, updatedAt, _id);
        CREATE INDEX issues_of_customer ON issues (customerEmail);

        CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1);
        INSERT INTO search (search, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);

        INSERT INTO search (rowid, text) SELECT issueId << 31, concat_ws(
            char(10), issueId, OrderId, ticketId, customerName, customerEmail, notes,
            (SELECT group_concat(value, char(10)) FROM json_each(trackingNumber)),
            (SELECT group_concat(value ->> 'sku', char(10)) FROM json_each(items)))
            FROM issues;
        INSERT INTO search (rowid, text) SELECT issueId << 31 | __v, message FROM discussion;
        """,

        "ALTER TABLE history ADD COLUMN caller TEXT;",

        // Idempotency records, and the index by which a retry looks for its message.
        """
        CREATE TABLE idempotencyKeys (
            _id TEXT NOT NULL PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            targetId TEXT NOT NULL,
            leaseUntil INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL,
            answer BLOB
        ) STRICT;
        CREATE INDEX idempotencyKeys_by_expiry ON idempotencyKeys (expiresAt);

        ALTER TABLE discussion ADD COLUMN _id TEXT;
        CREATE UNIQUE INDEX messages_by_id ON discussion (_id) WHERE _id IS NOT NULL;
        """,
        RecordsTable.TikTokShopTokens,
        RecordsTable.Migration,

        // Addresses are compared regardless of case, texts without format characters.
        """
        DROP INDEX issues_of_customer;
        CREATE INDEX issues_of_customer ON issues (customerEmail COLLATE NOCASE);
        INSERT OR REPLACE INTO search (rowid, text) SELECT issueId << 31, withoutFormatCharacters(text) FROM (SELECT issueId, concat_ws(
            char(10), issueId, OrderId, ticketId, customerName, customerEmail, notes,
            (SELECT group_concat(value, char(10)) FROM json_each(trackingNumber)),
            (SELECT group_concat(value ->> 'sku', char(10)) FROM json_each(items))) AS text FROM issues)
            WHERE text <> withoutFormatCharacters(text);
        INSERT OR REPLACE INTO search (rowid, text) SELECT issueId << 31 | __v, withoutFormatCharacters(message) FROM discussion
            WHERE message <> withoutFormatCharacters(message);
        """,
        LogLinkTable.Migration, CustomersTable.Migration,

        // By which a retry looks for its change.
        """
        ALTER TABLE history ADD COLUMN _id TEXT;
        CREATE UNIQUE INDEX history_by_id ON history (_id) WHERE _id IS NOT NULL;
        """,
        EventsTable.Migration,
        "DROP TABLE search;", // An index in a file of its own takes its place.
        TriageColumns.Migration, MergeColumns.Migration, TriageColumns.StatusIndex, "ALTER TABLE history ADD COLUMN reason TEXT;",
    ];
}
