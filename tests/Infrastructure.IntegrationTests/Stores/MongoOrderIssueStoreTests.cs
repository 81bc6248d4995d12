using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

public sealed class MongoOrderIssueStoreTests : OrderIssueStoreContract
{
    private EmptyStore? store;

    private MongoTestDatabase Database => store!.Database;

    private StoreHost Host => store!.Host;

    protected override IOrderIssueStore Store => Host.Store;

    protected override IOrderIssueQueries Queries => Host.Queries;

    [SetUp]
    public async Task Start()
    {
        store = await EmptyStore.StartAsync(StoreKind.MongoDb);
        await Host.Services.GetRequiredService<UndatedIssues>().LookAsync(default);
    }

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task Stores_the_id_of_a_message_as_Mongoose_does()
    {
        var issue = await AddAsync();
        var id = OrderIssues.Domain.Issues.EntityId.New(DateTimeOffset.UnixEpoch);
        await ApplyAsync(issue.AddMessage("John", "Hello", DateTimeOffset.UnixEpoch, id));
        await ApplyAsync(issue.AddMessage("John", "Hello", DateTimeOffset.UnixEpoch));

        var messages = (await Database.Issues.Find(new BsonDocument("issueId", issue.IssueId)).SingleAsync())["discussion"].AsBsonArray;

        Assert.That(messages[0]["_id"], Is.EqualTo((BsonValue)MongoDB.Bson.ObjectId.Parse(id.ToString())));
        Assert.That(messages[1].AsBsonDocument.Names, Is.EqualTo(new[] { "userName", "message", "created_at" }));
    }

    protected override Task SeedMessagesAsync(OrderIssue issue, int count, string message)
    {
        var messages = Enumerable.Range(0, count)
            .Select(_ => new BsonDocument { { "userName", "John" }, { "message", message }, { "created_at", new BsonDateTime(0) } });
        return Database.Issues.UpdateOneAsync(
            new BsonDocument("issueId", issue.IssueId), new BsonDocument("$set", new BsonDocument("discussion", new BsonArray(messages))));
    }
}
