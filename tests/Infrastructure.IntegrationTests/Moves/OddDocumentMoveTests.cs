using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Moves;

/// <summary>What other programs wrote into MongoDB, moved into SQLite.</summary>
public sealed class OddDocumentMoveTests
{
    private MovedStore from = null!;
    private MovedStore to = null!;

    [SetUp]
    public async Task Begin() => (from, to) = (await MovedStore.NewAsync(StoreKind.MongoDb), await MovedStore.NewAsync(StoreKind.Sqlite));

    [TearDown]
    public async Task End()
    {
        await (from?.DisposeAsync() ?? default);
        await (to?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Have_what_the_tables_need()
    {
        // Numbers as numbers, no dates, no count of the messages, no history, a text in the place of a list, and a field of its own.
        var id = ObjectId.GenerateNewId();
        await InsertAsync($$"""
            { "_id": { "$oid": "{{id}}" }, "issueId": 1600001, "OrderId": 4711, "trackingNumber": "T-1", "items": "MUG", "status": "open", "boss": true,
              "discussion": [{ "userName": "Ann", "message": "One" }, { "userName": "Ben", "message": "Two" }, "Three"] }
            """);

        await from.MoveToAsync(to);

        using var service = to.Start();
        var issue = (await service.Store.FindAsync("1600001", default))!;
        var at = new DateTimeOffset(id.CreationTime);
        Assert.That((issue.Id.ToString(), issue.OrderId, issue.Status, issue.Version), Is.EqualTo((id.ToString(), "4711", "open", 3)));
        Assert.That((issue.CreatedAt, issue.UpdatedAt), Is.EqualTo((at, at)));
        Assert.That(issue.Discussion.Select(message => message.Message), Is.EqualTo(new[] { "One", "Two", "Three" }));
        Assert.That((issue.Items.Single().Sku, issue.TrackingNumber.Single()), Is.EqualTo(("MUG", "T-1")));
        Assert.That(await service.Queries.FindHistoryAsync("1600001", default), Is.Empty);
        Assert.That(await service.Queries.FindHistoryAsync("1600002", default), Is.Null);
        Assert.That(await service.Store.TryChangeAsync(issue.AddMessage("Cid", "Four", MovedStore.Time.GetUtcNow()), default), Is.TypeOf<ChangeResult.Applied>());
        Assert.That((await service.Store.FindAsync("1600001", default))!.Discussion[^1].Message, Is.EqualTo("Four"));
        Assert.That((await service.Store.AddAsync(IssueFactory.Issue("A-2"), default)).Issue.IssueId, Is.EqualTo("1600002"));
    }

    [TestCase("""{ "OrderId": "A-1" }""", "has no number: run the command repair --apply first")]
    [TestCase("""{ "OrderId": "A-1", "issueId": "R-17" }""", "has no number: run the command repair --apply first")]
    [TestCase("""{ "OrderId": "A-1", "issueId": 1600001 }""", "1600001, or the id of a message")]
    public async Task Are_named_where_they_cannot_move(string document, string text)
    {
        await InsertAsync("""{ "OrderId": "A-0", "issueId": "1600001" }""");
        await InsertAsync(document);

        Assert.That(() => from.MoveToAsync(to), Throws.TypeOf<MoveException>().With.Message.Contains(text));

        await using var command = from.Open();
        Assert.That(await command.GetRequiredService<IMoveSource>().ReleaseAsync(default), Is.False, "It takes writes");
    }

    private Task InsertAsync(string document) => from.Database.Issues.InsertOneAsync(BsonDocument.Parse(document));
}
