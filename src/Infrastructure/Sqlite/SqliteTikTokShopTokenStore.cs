using OrderIssues.Infrastructure.SqliteDriver;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>The table <c>tikTokShopTokens</c>.</summary>
internal sealed class SqliteTikTokShopTokenStore(SqliteReaders readers, SqliteWriter writer) : ITikTokShopTokenStore
{
    private const string Select = "SELECT _id, accessToken, refreshToken, refreshingUntil, version FROM tikTokShopTokens WHERE _id = ?";

    private const string Write = """
        INSERT OR REPLACE INTO tikTokShopTokens (_id, accessToken, refreshToken, refreshingUntil, version)
        SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?5 = 1 + coalesce((SELECT version FROM tikTokShopTokens WHERE _id = ?1), 0)
        RETURNING _id
        """;

    public Task<StoredTokens?> FindAsync(string id) => readers.ReadAsync(session => session.First(Select, Read, id));

    public Task<bool> TryWriteAsync(StoredTokens tokens) => writer.WriteAsync(
        session => session.First(
            Write, row => row.Text(), tokens.Id, tokens.AccessToken, tokens.RefreshToken, tokens.RefreshingUntil, tokens.Version) is not null,
        CancellationToken.None);

    private static StoredTokens Read(SqliteRow row) => new()
    {
        Id = row.Text()!,
        AccessToken = row.Text()!,
        RefreshToken = row.Text()!,
        RefreshingUntil = row.Time(),
        Version = row.Integer(),
    };
}
