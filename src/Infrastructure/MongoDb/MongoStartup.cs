using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Records;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Prepares indexes and the counter in the background.</summary>
internal sealed partial class MongoStartup(MongoDatabase database, IssueCounter counter, TimeProvider time, ILogger<MongoStartup> logger)
    : BackgroundService
{
    private const int MaxOffendingValues = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly (string Keys, bool Unique)[] Indexes =
    [
        ("""{ "issueId": 1 }""", true),
        ("""{ "OrderId": 1, "createdAt": -1, "_id": -1 }""", false),
        ("""{ "ticketId": 1 }""", false),
        ("""{ "status": 1, "createdAt": 1, "_id": 1 }""", false),
        ("""{ "status": 1, "updatedAt": 1, "_id": 1 }""", false),
        ("""{ "items.sku": 1, "createdAt": 1, "_id": 1 }""", false),
        ("""{ "trackingNumber": 1 }""", false),
        ("""{ "customerEmail": 1 }""", false),
        ("""{ "createdAt": 1, "_id": 1 }""", false),
        ("""{ "updatedAt": 1, "_id": 1 }""", false),
    ];

    private static readonly (string Collection, BsonDocument Keys)[] RecordIndexes =
    [
        (new IdempotencyLayout().Collection, new(RecordLayout.ExpiresAt, 1)),
        (new CommonLayout().Collection, new(RecordLayout.ExpiresAt, 1)),
        (new CommonLayout().Collection, new() { { CommonLayout.IdKind, 1 }, { CommonLayout.DueAt, 1 } }),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStore(database.Database.DatabaseNamespace.DatabaseName, database.Issues.CollectionNamespace.CollectionName);
        while (true)
        {
            try
            {
                foreach (var (keys, unique) in Indexes)
                {
                    // Same options as Mongoose's "unique: true", so that neither service refuses the other's index.
                    var options = new CreateIndexOptions { Unique = unique ? true : null };
                    await CreateIndexAsync(database.Issues, BsonDocument.Parse(keys), options, stoppingToken);
                }

                foreach (var (collection, keys) in RecordIndexes)
                {
                    // MongoDB deletes a document at the time in this field (a TTL index).
                    var expires = keys.Contains(RecordLayout.ExpiresAt);
                    await CreateIndexAsync(
                        database.Database.GetCollection<BsonDocument>(collection),
                        keys,
                        new CreateIndexOptions { ExpireAfter = expires ? TimeSpan.Zero : null },
                        stoppingToken);
                }

                await counter.CatchUpAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (MongoFailures.IsUnavailable(exception))
            {
                LogUnavailable(exception.GetType().Name, Pause);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (MongoException exception)
            {
                // Requests work without it: each create corrects the counter.
                LogGivenUp(exception);
                return;
            }
        }
    }

    private async Task CreateIndexAsync(
        IMongoCollection<BsonDocument> collection, BsonDocument keys, CreateIndexOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await collection.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, options), null, cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            var names = string.Join(", ", keys.Names);
            var offending = options.Unique == true
                ? string.Join(", ", await DuplicatesAsync(keys.GetElement(0).Name, cancellationToken))
                : "";
            LogRefused(names, exception.CodeName, offending);
        }
    }

    private async Task<IEnumerable<string>> DuplicatesAsync(string field, CancellationToken cancellationToken)
    {
        var duplicates = await database.Issues.Aggregate()
            .Group<BsonDocument>(BsonDocument.Parse($$"""{ "_id": "${{field}}", "count": { "$sum": 1 } }"""))
            .Match(BsonDocument.Parse("""{ "count": { "$gt": 1 } }"""))
            .Limit(MaxOffendingValues)
            .ToListAsync(cancellationToken);
        return duplicates.Select(duplicate => $"{duplicate[FieldNames.Id]} ({duplicate["count"]} times)");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Issues are kept in the MongoDB database {Database}, collection {Collection}")]
    private partial void LogStore(string database, string collection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MongoDB can't be reached ({Reason}); trying again in {Pause}")]
    private partial void LogUnavailable(string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "MongoDB refuses to make the indexes or to set the counter; the service runs without")]
    private partial void LogGivenUp(Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The index on {Fields} can't be made ({Reason}); the service runs without. Offending values: {Values}")]
    private partial void LogRefused(string fields, string reason, string values);
}
