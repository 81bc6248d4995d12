using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Records;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Indexes that the service makes.</summary>
internal sealed partial class MongoIndexes(MongoDatabase database, ILogger<MongoIndexes> logger)
{
    private const int DuplicateKey = 11000;
    private const int MaxOffendingValues = 10;
    private static readonly RenderArgs<BsonDocument> Documents = new(BsonDocumentSerializer.Instance, BsonSerializer.SerializerRegistry);

    // Same options as Mongoose's "unique: true", so that neither service refuses the other's index.
    private static readonly CreateIndexModel<BsonDocument> Unique = Index("""{ "issueId": 1 }""", new() { Unique = true });

    private static readonly IReadOnlyList<CreateIndexModel<BsonDocument>> OfIssues =
    [
        Index("""{ "OrderId": 1, "createdAt": -1, "_id": -1 }"""),
        Index("""{ "ticketId": 1 }"""),
        Index("""{ "status": 1, "createdAt": 1, "_id": 1 }"""),
        Index("""{ "status": 1, "updatedAt": 1, "_id": 1 }"""),
        Index("""{ "items.sku": 1, "createdAt": 1, "_id": 1 }"""),
        Index("""{ "trackingNumber": 1 }"""),
        Index("""{ "customerEmail": 1 }"""),
        Index("""{ "createdAt": 1, "_id": 1 }"""),
        Index("""{ "updatedAt": 1, "_id": 1 }"""),
        Sparse("""{ "assignee": 1, "createdAt": 1, "_id": 1 }""", IssueField.Assignee),
        Sparse("""{ "tags": 1, "createdAt": 1, "_id": 1 }""", IssueField.Tags),
        Sparse("""{ "dueAt": 1, "_id": 1 }""", IssueField.DueAt),
        new(new BsonDocument(FieldNames.OwnUpdatedAt, 1), new CreateIndexOptions<BsonDocument>
        {
            PartialFilterExpression = Builders<BsonDocument>.Filter.Exists(FieldNames.Unpublished),
        }),
    ];

    // MongoDB deletes a document at the time in this field (a TTL index).
    private static readonly CreateIndexModel<BsonDocument> Expiry =
        new(new BsonDocument(RecordLayout.ExpiresAt, 1), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero });

    private static readonly CreateIndexModel<BsonDocument> Due =
        new(new BsonDocument { { CommonLayout.IdKind, 1 }, { CommonLayout.DueAt, 1 } });

    /// <summary>Makes those that are missing, and logs those that the server refuses.</summary>
    // All of a collection by one command read it once. The unique one comes last, since the data may refuse it.
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(CollectionOf(new IdempotencyLayout()), [Expiry], cancellationToken);
        await CreateAsync(CollectionOf(new CommonLayout()), [Expiry, Due], cancellationToken);
        await CreateAsync(database.Issues, OfIssues, cancellationToken);
        await CreateAsync(database.Issues, [Unique], cancellationToken);
    }

    private static CreateIndexModel<BsonDocument> Index(string keys, CreateIndexOptions? options = null) =>
        new(BsonDocument.Parse(keys), options);

    /// <summary>Index of the issues that have the field.</summary>
    private static CreateIndexModel<BsonDocument> Sparse(string keys, IssueField field) => new(
        BsonDocument.Parse(keys),
        new CreateIndexOptions<BsonDocument> { PartialFilterExpression = Builders<BsonDocument>.Filter.Exists(field.Name) });

    private IMongoCollection<BsonDocument> CollectionOf(RecordLayout layout) =>
        database.Database.GetCollection<BsonDocument>(layout.Collection);

    private async Task CreateAsync(
        IMongoCollection<BsonDocument> collection,
        IReadOnlyList<CreateIndexModel<BsonDocument>> indexes,
        CancellationToken cancellationToken)
    {
        try
        {
            await database.LongRunning(collection).Indexes.CreateManyAsync(indexes, cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            if (indexes.Count > 1)
            {
                foreach (var index in indexes)
                {
                    await CreateAsync(collection, [index], cancellationToken);
                }
            }
            else if (indexes[0] == Unique)
            {
                LogNotUnique(exception.CodeName, exception.Code == DuplicateKey ? await DuplicatesAsync(cancellationToken) : "none");
            }
            else
            {
                LogRefused(string.Join(", ", indexes[0].Keys.Render(Documents).Names), exception.CodeName);
            }
        }
    }

    private async Task<string> DuplicatesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var duplicates = await database.LongRunning(database.Issues)
                .Aggregate(new AggregateOptions { AllowDiskUse = true, MaxTime = MongoDatabase.LongTimeout })
                .Group<BsonDocument>(BsonDocument.Parse("""{ "_id": "$issueId", "count": { "$sum": 1 } }"""))
                .Match(BsonDocument.Parse("""{ "count": { "$gt": 1 } }"""))
                .Limit(MaxOffendingValues)
                .ToListAsync(cancellationToken);
            return string.Join(", ", duplicates.Select(duplicate => $"{duplicate[FieldNames.Id]} ({duplicate["count"]} times)"));
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return $"not found out ({exception.GetType().Name})";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index on {Fields} can't be made ({Reason}); the service runs without")]
    private partial void LogRefused(string fields, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The unique index on issueId can't be made ({Reason}); only the counter keeps numbers apart. There twice: {Values}")]
    private partial void LogNotUnique(string reason, string values);
}
