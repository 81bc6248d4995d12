using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Creates;

/// <summary>Document that this service and the Mongoose service count in.</summary>
internal sealed class CounterDocument(MongoDatabase database, string? configuredCollection)
{
    /// <summary>Collections that a Mongoose service may count in; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Candidates = ["counters", "issuecounters", "issueids", "issueidcounters"];

    /// <summary>Number before the first issue's.</summary>
    public const long BeforeFirst = 1_600_000;

    /// <summary>Largest integer that Mongoose's Number holds exactly.</summary>
    private const long MaxNumber = 9_007_199_254_740_991;
    private static readonly BsonDocument Counter = new("id", "issue_id");

    /// <summary>Filter for values that can't be incremented.</summary>
    private static readonly BsonDocument IsNoNumber = BsonDocument.Parse($$"""
        { "$or": [{ "seq": { "$not": { "$gte": 0, "$lte": {{MaxNumber}} } } }, { "seq": { "$type": "array" } }] }
        """);

    /// <summary>Where it was found last.</summary>
    private IMongoCollection<BsonDocument>? collection;

    /// <summary>Looks for it, and reads its number; null where it is missing or unusable.</summary>
    public async Task<long?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var name in configuredCollection is null ? Candidates : [configuredCollection])
        {
            if (await CollectionNamed(name).Find(Counter).FirstOrDefaultAsync(cancellationToken) is { } counter)
            {
                collection = CollectionNamed(name);
                return NumberOf(counter);
            }
        }

        return null;
    }

    /// <summary>Counts up; null where it is missing or unusable.</summary>
    public async Task<long?> IncrementAsync(int count)
    {
        if (collection is null)
        {
            await FindAsync(CancellationToken.None);
        }

        try
        {
            return collection is null ? null : NumberOf(await collection.FindOneAndUpdateAsync<BsonDocument>(
                Counter, new BsonDocument("$inc", new BsonDocument("seq", count)), new() { ReturnDocument = ReturnDocument.After }));
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            return null;
        }
    }

    /// <summary>Creates, raises or resets it, so that it stands at this number at least.</summary>
    public async Task RaiseAsync(long number, CancellationToken cancellationToken)
    {
        collection ??= CollectionNamed(configuredCollection ?? Candidates[0]);
        var seq = new BsonDocument("seq", number <= int.MaxValue ? (int)number : number);
        await CreateIndexAsync(collection, cancellationToken);
        await collection.UpdateOneAsync(
            new BsonDocument(Counter).Merge(IsNoNumber), new BsonDocument("$set", seq), null, cancellationToken);
        try
        {
            await collection.UpdateOneAsync(
                Counter, new BsonDocument("$max", seq), new UpdateOptions { IsUpsert = true }, cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Another instance created it meanwhile, from the same issues.
        }
    }

    private static long? NumberOf(BsonDocument? counter) =>
        counter?.GetValue("seq", null) is { IsNumeric: true } seq
        && BsonValues.Number(seq) is >= BeforeFirst and <= MaxNumber and var number ? number : null;

    // Created before the counter, so that two instances can't both insert one. Partial, since the collection may hold other counters.
    private static async Task CreateIndexAsync(IMongoCollection<BsonDocument> collection, CancellationToken cancellationToken)
    {
        try
        {
            await collection.Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(
                    new BsonDocument("id", 1), new CreateIndexOptions<BsonDocument> { Unique = true, PartialFilterExpression = Counter }),
                null,
                cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            // An index on id exists already, or there are several counters: counting works without it.
        }
    }

    private IMongoCollection<BsonDocument> CollectionNamed(string name) => database.Database.GetCollection<BsonDocument>(name);
}
