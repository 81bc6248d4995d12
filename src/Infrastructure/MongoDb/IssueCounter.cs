using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>
/// Hands out the numbers of issues from the document <c>{ id: "issue_id", seq }</c> that the Mongoose service counts with, so that both can
/// run at the same time.
/// </summary>
/// <param name="database">Where it is.</param>
/// <param name="configuredCollection">Its collection; null: the one of <see cref="Candidates"/> that has it, else the first of them.</param>
internal sealed class IssueCounter(MongoDatabase database, string? configuredCollection)
{
    private const long BeforeFirst = 1_600_000;
    private static readonly string[] Candidates = ["counters", "issuecounters", "issueids", "issueidcounters"];
    private static readonly BsonDocument Counter = new("id", "issue_id");
    private IMongoCollection<BsonDocument>? found;
    private volatile bool isRight;

    public async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        if (!isRight)
        {
            await CatchUpAsync(cancellationToken);
        }

        while (true)
        {
            var collection = found ??= await FindAsync(cancellationToken);
            var counter = collection is null ? null : await collection.FindOneAndUpdateAsync<BsonDocument>(
                Counter,
                new BsonDocument("$inc", new BsonDocument("seq", 1)),
                new() { ReturnDocument = ReturnDocument.After },
                cancellationToken);
            if (BsonValues.Number(counter?.GetValue("seq", null)) is { } number && number > BeforeFirst)
            {
                return number.ToString(CultureInfo.InvariantCulture);
            }

            await CatchUpAsync(cancellationToken);
        }
    }

    /// <summary>Creates the counter where it is missing, and moves it past the stored issues where it is behind them.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var highest = Math.Max(BeforeFirst, await HighestStoredAsync(cancellationToken));
        var collection = await FindAsync(cancellationToken) ?? Collection(configuredCollection ?? Candidates[0]);
        var seq = new BsonDocument("seq", highest <= int.MaxValue ? (int)highest : highest);
        try
        {
            // First the index, so that of two instances that start at once only one creates the counter.
            await collection.Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(new BsonDocument("id", 1), new CreateIndexOptions { Unique = true }), null, cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            // There is an index of that name already, or the collection holds what can't be unique: the counter works without.
        }

        // A text is more than any number, and nothing can be added to it.
        var isNoNumber = new BsonDocument("seq", new BsonDocument("$not", new BsonDocument("$type", "number")));
        await collection.UpdateOneAsync(isNoNumber.Merge(Counter), new BsonDocument("$set", seq), null, cancellationToken);
        try
        {
            await collection.UpdateOneAsync(Counter, new BsonDocument("$max", seq), new UpdateOptions { IsUpsert = true }, cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Another instance created it in between, from the same issues.
        }

        isRight = true;
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

    /// <summary>As numbers: as texts, 999999 would come after 1600000.</summary>
    private async Task<long> HighestStoredAsync(CancellationToken cancellationToken)
    {
        var number = new BsonDocument("$convert", new BsonDocument
        {
            { "input", $"${Fields.IssueId}" }, { "to", "long" }, { "onError", BsonNull.Value }, { "onNull", BsonNull.Value },
        });
        var group = new BsonDocument { { Fields.Id, BsonNull.Value }, { "highest", new BsonDocument("$max", number) } };
        var result = await database.Issues.Aggregate()
            .Group<BsonDocument>(group)
            .FirstOrDefaultAsync(cancellationToken);
        return BsonValues.Number(result?.GetValue("highest", null)) ?? 0;
    }

    private IMongoCollection<BsonDocument> Collection(string name) => database.Database.GetCollection<BsonDocument>(name);
}
