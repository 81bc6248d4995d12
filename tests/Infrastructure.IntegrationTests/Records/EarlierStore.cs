using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Store as the version of the service left it that had no records: a file of its schema, or documents of its shape.</summary>
internal sealed class EarlierStore : IAsyncDisposable
{
    private const int EarlierMigrations = 6;
    private readonly TemporaryFolder folder = new();
    private readonly MongoTestDatabase? database;

    private EarlierStore(MongoTestDatabase? database) => this.database = database;

    public (string Key, string Value) Setting => database is null
        ? ("ConnectionStrings:Sqlite", $"Data Source={File}")
        : ("ConnectionStrings:MongoDb", database.Uri);

    public MongoTestDatabase Database => database!;

    private string File => Path.Combine(folder.Path, "order-issues.db");

    public static async Task<EarlierStore> MakeAsync(StoreKind kind)
    {
        var store = new EarlierStore(kind == StoreKind.MongoDb ? await MongoTestDatabase.RequireAsync() : null);
        await (kind == StoreKind.Sqlite
            ? store.ExecuteAsync(string.Concat(Sqlite.Schema.Migrations.All.Take(EarlierMigrations)) + $"PRAGMA user_version = {EarlierMigrations}")
            : Task.CompletedTask);
        return store;
    }

    public Task AddKeyAsync(
        string id, string fingerprint, string targetId, DateTimeOffset leaseUntil, DateTimeOffset expiresAt, byte[]? answer = null) =>
        database is null
            ? ExecuteAsync(
                "INSERT INTO idempotencyKeys (_id, fingerprint, targetId, leaseUntil, expiresAt, answer) VALUES ($1, $2, $3, $4, $5, $6)",
                id, fingerprint, targetId, leaseUntil.ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds(), answer)
            : database.Database.GetCollection<BsonDocument>("idempotencykeys").InsertOneAsync(
                KeyDocument(id, fingerprint, targetId, leaseUntil, expiresAt, answer));

    public Task AddTokensAsync(string id, string accessToken, string refreshToken, DateTimeOffset? refreshingUntil, long version) =>
        database is null
            ? ExecuteAsync(
                "INSERT INTO tikTokShopTokens (_id, accessToken, refreshToken, refreshingUntil, version) VALUES ($1, $2, $3, $4, $5)",
                id, accessToken, refreshToken, refreshingUntil?.ToUnixTimeMilliseconds(), version)
            : database.Database.GetCollection<BsonDocument>("tiktokshoptokens").InsertOneAsync(
                TokenDocument(id, accessToken, refreshToken, refreshingUntil, version));

    public static BsonDocument KeyDocument(
        string id, string fingerprint, string targetId, DateTimeOffset leaseUntil, DateTimeOffset expiresAt, byte[]? answer = null)
    {
        var document = new BsonDocument
        {
            { "_id", id },
            { "targetId", ObjectId.Parse(targetId) },
            { "leaseUntil", new BsonDateTime(leaseUntil.ToUnixTimeMilliseconds()) },
            { "fingerprint", fingerprint },
            { "expiresAt", new BsonDateTime(expiresAt.ToUnixTimeMilliseconds()) },
        };
        return answer is null ? document : document.Add("answer", new BsonBinaryData(answer));
    }

    public static BsonDocument TokenDocument(
        string id, string accessToken, string refreshToken, DateTimeOffset? refreshingUntil, long version)
    {
        var document = new BsonDocument { { "_id", id }, { "accessToken", accessToken }, { "refreshToken", refreshToken } };
        if (refreshingUntil is { } time)
        {
            document.Add("refreshingUntil", new BsonDateTime(time.ToUnixTimeMilliseconds()));
        }

        return document.Add("version", version).Add("write", new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.Standard));
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    private async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (i, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${i + 1}", value ?? DBNull.Value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
