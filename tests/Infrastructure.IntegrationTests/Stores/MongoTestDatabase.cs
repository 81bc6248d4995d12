using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>A database of a test's own, as other programs than the service see it.</summary>
internal sealed class MongoTestDatabase(string uri)
{
    /// <summary>Records but for those that a process writes in the background to publish events.</summary>
    public static readonly BsonDocument NotOfPublisher = BsonDocument.Parse("""{ "_id.kind": { "$nin": ["leases", "eventLog"] } }""");

    public string Uri => uri;

    public IMongoDatabase Database => new MongoClient(uri).GetDatabase(new MongoUrl(uri).DatabaseName);

    public IMongoCollection<BsonDocument> Issues => Database.GetCollection<BsonDocument>("orderissues");

    /// <summary>Skips the test where there is no server.</summary>
    public static async Task<MongoTestDatabase> RequireAsync()
    {
        var uri = await MongoServer.NewDatabaseAsync();
        if (uri is null)
        {
            Assert.Ignore(MongoServer.HowTo);
        }

        return new MongoTestDatabase(uri);
    }

    public Task DropAsync() => Database.Client.DropDatabaseAsync(Database.DatabaseNamespace.DatabaseName);
}
