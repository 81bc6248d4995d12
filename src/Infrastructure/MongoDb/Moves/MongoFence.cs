using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Moves;

/// <summary>Keeps every program from writing to a collection, by a validator that no document meets.</summary>
/// <remarks>
/// The fence is <c>{ $and: [{ "orderIssueFence.strict.error": { $exists: true } }, { … }] }</c>: the path has the level and the action of
/// the former validator, which is the second part (https://www.mongodb.com/docs/manual/core/schema-validation/). It stops no deletes.
/// </remarks>
internal sealed class MongoFence(MongoDatabase database)
{
    private const int NamespaceExists = 48;
    private const string Validator = "validator";
    private const string Level = "validationLevel";
    private const string Action = "validationAction";

    public async Task SetAsync(IEnumerable<string> collections, CancellationToken cancellationToken)
    {
        foreach (var name in collections)
        {
            await CreateAsync(name, cancellationToken);
            var options = await OptionsAsync(name, cancellationToken);
            var before = options.GetValue(Validator, new BsonDocument()).AsBsonDocument;
            if (PathIn(before) is not null)
            {
                continue;
            }

            var path = $"{FieldNames.Fence}.{options.GetValue(Level, "strict")}.{options.GetValue(Action, "error")}";
            var fence = new BsonDocument("$and", new BsonArray { new BsonDocument(path, new BsonDocument("$exists", true)), before });
            await ModifyAsync(name, fence, "strict", "error", cancellationToken);
        }
    }

    public async Task<bool> IsSetAsync(string collection, CancellationToken cancellationToken) =>
        PathIn((await OptionsAsync(collection, cancellationToken)).GetValue(Validator, new BsonDocument()).AsBsonDocument) is not null;

    /// <returns>False where there was none.</returns>
    public async Task<bool> ReleaseAsync(IEnumerable<string> collections, CancellationToken cancellationToken)
    {
        var wasFenced = false;
        foreach (var name in collections)
        {
            var validator = (await OptionsAsync(name, cancellationToken)).GetValue(Validator, new BsonDocument()).AsBsonDocument;
            if (PathIn(validator)?.Split('.') is [_, var level, var action])
            {
                wasFenced = true;
                await ModifyAsync(name, validator["$and"][1].AsBsonDocument, level, action, cancellationToken);
            }
        }

        return wasFenced;
    }

    private static string? PathIn(BsonDocument validator) =>
        validator.GetValue("$and", null) is BsonArray parts && parts is [BsonDocument first, BsonDocument]
            ? first.Names.FirstOrDefault(name => name.StartsWith($"{FieldNames.Fence}.", StringComparison.Ordinal))
            : null;

    private async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await database.Database.CreateCollectionAsync(name, null, cancellationToken);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceExists)
        {
            // Most are there.
        }
    }

    private async Task<BsonDocument> OptionsAsync(string name, CancellationToken cancellationToken)
    {
        var named = new ListCollectionsOptions { Filter = new BsonDocument("name", name) };
        using var found = await database.Database.ListCollectionsAsync(named, cancellationToken);
        return (await found.FirstOrDefaultAsync(cancellationToken))?.GetValue("options", null) as BsonDocument ?? [];
    }

    // https://www.mongodb.com/docs/manual/reference/command/collMod/ It waits for what is under way, and mustn't take effect once given up.
    private async Task ModifyAsync(string name, BsonDocument validator, string level, string action, CancellationToken cancellationToken) =>
        await database.LongRunning(database.Issues).Database.RunCommandAsync<BsonDocument>(
            new BsonDocument
            {
                { "collMod", name },
                { Validator, validator },
                { Level, level },
                { Action, action },
                { "writeConcern", new BsonDocument("w", "majority") },
            },
            cancellationToken: cancellationToken);
}
