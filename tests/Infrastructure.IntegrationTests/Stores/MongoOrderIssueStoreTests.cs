using MongoDB.Bson;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

public sealed class MongoOrderIssueStoreTests : OrderIssueStoreContract
{
    private MongoTestDatabase? database;
    private StoreHost? host;

    protected override IOrderIssueStore Store => host!.Store;

    protected override IOrderIssueQueries Queries => host!.Queries;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        host = StoreHost.Start(("ConnectionStrings:MongoDb", database.Uri));
    }

    [TearDown]
    public async Task Stop()
    {
        host?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    protected override Task SeedMessagesAsync(OrderIssue issue, int count, string message)
    {
        var messages = Enumerable.Range(0, count)
            .Select(_ => new BsonDocument { { "userName", "John" }, { "message", message }, { "created_at", new BsonDateTime(0) } });
        return database!.Issues.UpdateOneAsync(
            new BsonDocument("issueId", issue.IssueId), new BsonDocument("$set", new BsonDocument("discussion", new BsonArray(messages))));
    }
}
