using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Records;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoRecordStore(MongoDatabase database, TimeProvider time) : IRecordStore
{
    private const int MaxTries = 3;
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly CommonLayout Common = new();

    private static readonly Dictionary<string, RecordLayout> Layouts = new()
    {
        [RecordKinds.Idempotency] = new IdempotencyLayout(),
        [RecordKinds.TicketIssues] = new TicketIssueLayout(),
        [RecordKinds.TikTokShopTokens] = new TokenLayout(),
    };

    /// <summary>Collections that records are kept in.</summary>
    public static IEnumerable<string> Collections => Layouts.Values.Append(Common).Select(layout => layout.Collection).Distinct();

    /// <summary>Reads a record of any kind; null for a document that is none.</summary>
    public static StoredRecord? ToRecord(string collection, BsonDocument document) => document[FieldNames.Id] switch
    {
        BsonDocument => CommonLayout.IsRecord(document) ? Common.ToRecord(document) : null,
        BsonString id when Layouts.FirstOrDefault(entry => entry.Value.Collection == collection && entry.Value.KeyOf(id.Value) is not null)
            is { Value: { } layout, Key: var kind } => layout.ToRecord(document, kind, layout.KeyOf(id.Value)!),
        _ => null,
    };

    public Task<StoredRecord?> FindAsync(string kind, string key) => ReadAsync(kind, key).OrUnavailableAsync();

    public Task<PutResult> PutIfAbsentAsync(StoredRecord record) => InsertAsync(record).OrUnavailableAsync();

    public Task<StoredRecord?> PutIfVersionAsync(StoredRecord record) => ReplaceAsync(record).OrUnavailableAsync();

    public Task RemoveAsync(string kind, string key, string version) =>
        CollectionOf(kind).DeleteOneAsync(WithVersion(IdOf(kind, key), version)).OrUnavailableAsync();

    public Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit) =>
        ReadCommonAsync(
            Filter.Eq(CommonLayout.IdKind, kind) & Filter.Lte(CommonLayout.DueAt, FieldValues.Write(until)), CommonLayout.DueAt, limit)
            .OrUnavailableAsync();

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit) =>
        (LayoutOf(kind) is FieldLayout layout
            ? ReadOwnAsync(layout, kind, after, limit)
            : ReadCommonAsync(
                Filter.Gt(FieldNames.Id, CommonLayout.IdOf(kind, after is null ? BsonMinKey.Value : after))
                & Filter.Lt(FieldNames.Id, CommonLayout.IdOf(kind, BsonMaxKey.Value)), FieldNames.Id, limit))
        .OrUnavailableAsync();

    public static RecordLayout LayoutOf(string kind) => Layouts.GetValueOrDefault(kind, Common);

    private static FilterDefinition<BsonDocument> IdOf(string kind, string key) => Filter.Eq(FieldNames.Id, LayoutOf(kind).IdOf(kind, key));

    private static FilterDefinition<BsonDocument> WithVersion(FilterDefinition<BsonDocument> id, string version) =>
        id & RecordLayout.WithVersion(version);

    // What is read is acknowledged, so it mustn't be rolled back. A write waits for a majority also where it changes nothing:
    // reads after it show what refused it.
    private IMongoCollection<BsonDocument> CollectionOf(string kind) => CollectionOf(LayoutOf(kind));

    private IMongoCollection<BsonDocument> CollectionOf(RecordLayout layout) =>
        database.Database.GetCollection<BsonDocument>(layout.Collection).WithReadConcern(ReadConcern.Majority);

    private FilterDefinition<BsonDocument> IsExpired() => Filter.Lte(RecordLayout.ExpiresAt, FieldValues.Write(time.GetUtcNow()));

    private async Task<StoredRecord?> ReadAsync(string kind, string key) =>
        await CollectionOf(kind).Find(IdOf(kind, key) & !IsExpired()).FirstOrDefaultAsync() is { } document
            ? LayoutOf(kind).ToRecord(document, kind, key)
            : null;

    private async Task<IReadOnlyList<StoredRecord>> ReadCommonAsync(FilterDefinition<BsonDocument> filter, string order, int limit)
    {
        var found = await CollectionOf(Common).Find(filter & !IsExpired())
            .Sort(Builders<BsonDocument>.Sort.Ascending(order))
            .Limit(limit)
            .ToListAsync();
        return [.. found.Select(Common.ToRecord)];
    }

    /// <summary>Reads records of a kind from a collection that other kinds may share.</summary>
    private async Task<IReadOnlyList<StoredRecord>> ReadOwnAsync(FieldLayout layout, string kind, string? after, int limit)
    {
        var records = new List<StoredRecord>();
        var isLater = after is null ? Filter.Type(FieldNames.Id, BsonType.String) : Filter.Gt(FieldNames.Id, layout.IdOf(kind, after));
        using var found = await CollectionOf(layout).Find(isLater & !IsExpired())
            .Sort(Builders<BsonDocument>.Sort.Ascending(FieldNames.Id))
            .ToCursorAsync();
        while (records.Count < limit && await found.MoveNextAsync())
        {
            records.AddRange(
                from document in found.Current
                where layout.KeyOf(document[FieldNames.Id].AsString) is not null
                select layout.ToRecord(document, kind, layout.KeyOf(document[FieldNames.Id].AsString)!));
        }

        return [.. records.Take(limit)];
    }

    /// <summary>Inserts a record or replaces an expired one.</summary>
    private async Task<PutResult> InsertAsync(StoredRecord record)
    {
        var (kind, key) = (record.Kind, record.Key);
        var document = LayoutOf(kind).ToDocument(record with { Version = null });
        var version = LayoutOf(kind).VersionOf(document);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await CollectionOf(kind).ReplaceOneAsync(IdOf(kind, key) & IsExpired(), document, new ReplaceOptions { IsUpsert = true });
                return new PutResult(record with { Version = version }, IsNew: true);
            }
            catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
            {
                if (await ReadAsync(kind, key) is { } present)
                {
                    // The driver retries a write whose response was lost: this version was written by the first try.
                    return new PutResult(present, IsNew: present.Version == version);
                }

                // Removed or expired meanwhile.
                if (tries == MaxTries)
                {
                    throw FailureException.StoreUnavailable(exception);
                }
            }
        }
    }

    private async Task<StoredRecord?> ReplaceAsync(StoredRecord record)
    {
        var (collection, id) = (CollectionOf(record.Kind), IdOf(record.Kind, record.Key));
        var document = LayoutOf(record.Kind).ToDocument(record);
        var version = LayoutOf(record.Kind).VersionOf(document);
        var result = await collection.ReplaceOneAsync(WithVersion(id, record.Version!) & !IsExpired(), document);
        return result.MatchedCount == 1 || await collection.Find(WithVersion(id, version)).AnyAsync()
            ? record with { Version = version }
            : null;
    }
}
