using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Numbers issues together with the Mongoose service.</summary>
internal sealed class IssueCounter(MongoDatabase database, string? configuredCollection)
{
    /// <summary>Collections that a Mongoose service may count in; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Candidates = ["counters", "issuecounters", "issueids", "issueidcounters"];

    private const long BeforeFirst = 1_600_000;

    /// <summary>Largest integer that Mongoose's Number holds exactly.</summary>
    private const long MaxNumber = 9_007_199_254_740_991;

    /// <summary>Least number of 16 digits: longer ones aren't an issue's.</summary>
    private const long OneTooLong = 1_000_000_000_000_000;
    private const int MaxTries = 5;
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly BsonDocument Counter = new("id", "issue_id");

    /// <summary>Filter for values that can't be incremented.</summary>
    private static readonly BsonDocument IsNoNumber = BsonDocument.Parse($$"""
        { "$or": [{ "seq": { "$not": { "$gte": 0, "$lte": {{MaxNumber}} } } }, { "seq": { "$type": "array" } }] }
        """);

    private IMongoCollection<BsonDocument>? found;
    private volatile bool isRight;

    public async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        if (!isRight)
        {
            await CatchUpAsync(cancellationToken);
        }

        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await IncrementAsync(cancellationToken) is > BeforeFirst and <= MaxNumber and var number)
            {
                return number.ToString(CultureInfo.InvariantCulture);
            }

            await CatchUpAsync(cancellationToken);
        }

        throw new FailureException(FailureCode.StoreUnavailable, "The counter of the issues' numbers can't be used.");
    }

    /// <summary>Creates, raises or resets the counter as needed.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var highest = Math.Max(BeforeFirst, await HighestStoredAsync(cancellationToken));
        var collection = await FindAsync(cancellationToken) ?? Collection(configuredCollection ?? Candidates[0]);
        var seq = new BsonDocument("seq", highest <= int.MaxValue ? (int)highest : highest);
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

        isRight = true;
    }

    /// <summary>Counts up; null where the counter is unusable.</summary>
    private async Task<long?> IncrementAsync(CancellationToken cancellationToken)
    {
        try
        {
            var collection = found ??= await FindAsync(cancellationToken);
            var counter = collection is null ? null : await collection.FindOneAndUpdateAsync<BsonDocument>(
                Counter,
                new BsonDocument("$inc", new BsonDocument("seq", 1)),
                new() { ReturnDocument = ReturnDocument.After },
                cancellationToken);
            return BsonValues.Number(counter?.GetValue("seq", null));
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            return null;
        }
    }

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

    private async Task<IMongoCollection<BsonDocument>?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var name in configuredCollection is null ? Candidates : [configuredCollection])
        {
            if (await Collection(name).Find(Counter).AnyAsync(cancellationToken))
            {
                return Collection(name);
            }
        }

        return null;
    }

    private async Task<long> HighestStoredAsync(CancellationToken cancellationToken)
    {
        // A list matches by its elements, but is no number.
        var isList = Where.Type(IssueField.IssueId.Name, BsonType.Array);
        var isNumber = Where.Gte<BsonValue>(IssueField.IssueId.Name, 0) & Where.Lt<BsonValue>(IssueField.IssueId.Name, OneTooLong);
        var number = await database.Issues.Find(isNumber & Where.Not(isList))
            .Sort(new BsonDocument(IssueField.IssueId.Name, -1)).FirstOrDefaultAsync(cancellationToken);

        // As texts, 999999 would sort after 1600000. Lists are left out late, so that the index alone is read.
        var text = await database.Issues.Aggregate()
            .Match(Where.Regex(IssueField.IssueId.Name, TextPattern.Number))
            .Project<BsonDocument>(BsonDocument.Parse("""
                {
                  "_id": 0,
                  "digits": {
                    "$cond": [{ "$isArray": "$issueId" }, null, { "$regexFind": { "input": "$issueId", "regex": "[0-9]+" } }]
                  }
                }
                """))
            .Group<BsonDocument>(BsonDocument.Parse("""{ "_id": null, "issueId": { "$max": { "$toLong": "$digits.match" } } }"""))
            .FirstOrDefaultAsync(cancellationToken);
        return new[] { number, text }.Max(found => BsonValues.Number(found?.GetValue(IssueField.IssueId.Name, null)) ?? 0);
    }

    private IMongoCollection<BsonDocument> Collection(string name) => database.Database.GetCollection<BsonDocument>(name);
}
