using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Events;

/// <summary>Publishing, step by step: no process publishes in the background here.</summary>
public sealed class MongoEventTests
{
    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    private IOrderIssueStore Issues => mongo!.Host.Store;

    private IEventLog Log => mongo!.Host.Services.GetRequiredService<IEventLog>();

    private UnpublishedEntries Entries => mongo!.Host.Services.GetRequiredService<UnpublishedEntries>();

    private EventSequence Sequence => mongo!.Host.Services.GetRequiredService<EventSequence>();

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        mongo = new WatchedMongo(database);
        await Sequence.PrepareAsync(default);
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    /// <summary>Killed before, between and after the events of three changes, and before the mark is taken away.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Goes_on_where_a_publisher_was_killed(int published)
    {
        await ChangeAsync("A-1", 2);
        var all = await EventsToComeAsync();
        await Sequence.AppendAsync([.. all.Take(published)], default);

        await PublishAllAsync();

        Assert.That(await EventsAsync(), Is.EqualTo("1:A-1/0 2:A-1/1 3:A-1/2"));
        Assert.That(await MarkedAsync(), Is.Zero);
    }

    [Test]
    public async Task Goes_on_where_the_mark_could_not_be_taken_away()
    {
        await ChangeAsync("A-1", 2);
        await mongo!.FailAsync("update", """{ "errorCode": 11602 }""", times: 2);
        Assert.That(() => Entries.PublishAsync(default), Throws.InstanceOf<MongoException>());
        Assert.That(await MarkedAsync(), Is.EqualTo(1));
        await Issues.AddMessageAsync(new NewMessage("A-1", null, "Ann", "Hello", IssueFactory.Now), default);

        await PublishAllAsync();

        Assert.That(await EventsAsync(), Is.EqualTo("1:A-1/0 2:A-1/1 3:A-1/2 4:A-1/3"));
        Assert.That(await MarkedAsync(), Is.Zero);
    }

    [Test]
    public async Task Appends_nothing_twice_where_the_answer_was_lost()
    {
        await ChangeAsync("A-1", 2);
        await mongo!.FailAsync("insert", """{ "writeConcernError": { "code": 91, "errmsg": "shutting down" } }""");
        try
        {
            await Entries.PublishAsync(default);
        }
        catch (MongoException)
        {
            // The events are there, though nobody knows.
        }

        await PublishAllAsync();

        Assert.That(await EventsAsync(), Is.EqualTo("1:A-1/0 2:A-1/1 3:A-1/2"));
    }

    [Test]
    public async Task Publishes_once_and_without_gaps_with_many_publishers_at_once()
    {
        using var second = new WatchedMongo(database!);
        using var third = new WatchedMongo(database!);
        var publishers = new[] { mongo!, second, third }
            .SelectMany(process => Enumerable.Repeat(process.Host.Services.GetRequiredService<UnpublishedEntries>(), 2)).ToList();
        var isWritten = false;
        var publishing = publishers.ConvertAll(publisher => Task.Run(async () =>
        {
            while (await publisher.PublishAsync(default) > 0 || !Volatile.Read(ref isWritten))
            {
            }
        }));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ChangeAsync($"A-{i}", 15)));
        Volatile.Write(ref isWritten, true);
        await Task.WhenAll(publishing);
        await PublishAllAsync();

        var events = await Log.ReadAsync(0, 1000, default);

        Assert.That(events.Select(told => told.Sequence), Is.EqualTo(Enumerable.Range(1, 96).Select(i => (long)i)));
        foreach (var ofIssue in events.GroupBy(told => told.OrderId))
        {
            Assert.That(ofIssue.Select(told => told.Version), Is.EqualTo(Enumerable.Range(0, 16)));
        }

        Assert.That(await MarkedAsync(), Is.Zero);
    }

    [Test]
    public async Task Publishes_more_than_fits_into_a_batch()
    {
        await ChangeAsync("A-1", 250);

        await PublishAllAsync();

        Assert.That((await Log.ReadAsync(0, 1000, default)).Select(told => told.Version), Is.EqualTo(Enumerable.Range(0, 251)));
        Assert.That(await MarkedAsync(), Is.Zero);
    }

    [Test]
    public async Task Tells_nothing_of_older_history()
    {
        await ChangeAsync("A-1", 2);
        await SetAsync("A-1", """{ "$unset": { "_unpublished": "", "_updatedAt": "" } }""");
        var issue = (await Issues.FindByOrderAsync("A-1", null, default))!;
        await Issues.TryChangeAsync(issue.ChangeStatus("done", null, IssueFactory.Statuses, IssueFactory.Now), default);

        await PublishAllAsync();

        Assert.That(await EventsAsync(), Is.EqualTo("1:A-1/3"));
    }

    /// <summary>An earlier version of this service appends entries beside, and knows of no marks.</summary>
    [Test]
    public async Task Tells_of_entries_that_an_earlier_version_appended_to_a_marked_issue()
    {
        await ChangeAsync("A-1", 0);
        await SetAsync("A-1", """
            { "$push": { "_history": { "at": { "$date": "2025-11-20T11:00:00Z" }, "action": "statusChanged", "changes": [{ "field": "status" }] } },
              "$set": { "status": "done", "__v": 1 } }
            """);

        await PublishAllAsync();

        var told = (await Log.ReadAsync(1, 10, default)).Single();
        Assert.That((told.Action, told.Status, told.Version, told.Changed.Single()), Is.EqualTo(("statusChanged", "done", 1, "status")));
    }

    [TestCase("""{ "_history": "none" }""")]
    [TestCase("""{ "_history": [] }""")]
    [TestCase("""{ "_history": [5, null, { "action": 7, "at": "soon", "version": "x", "changes": { "field": { "a": 1 } } }] }""")]
    [TestCase("""{ "_unpublished": "x" }""")]
    [TestCase("""{ "_unpublished": -5 }""")]
    [TestCase("""{ "_unpublished": 1e300 }""")]
    [TestCase("""{ "_unpublished": null }""")]
    [TestCase("""{ "_unpublished": 99, "_updatedAt": "x", "OrderId": ["A-1"], "issueId": { "a": 1 }, "__v": "many", "status": 5 }""")]
    public async Task Is_not_held_up_by_odd_documents(string odd)
    {
        await ChangeAsync("A-1", 1);
        await SetAsync("A-1", $$"""{ "$set": {{odd}} }""");
        await ChangeAsync("A-2", 1);

        await PublishAllAsync();

        Assert.That(await EventsAsync(), Does.Contain("A-2/0").And.Contain("A-2/1"));
        Assert.That(await MarkedAsync(), Is.Zero);
    }

    [Test]
    public async Task Begins_another_log_where_the_collection_is_another()
    {
        var listed = await database!.Database.ListCollections(new ListCollectionsOptions { Filter = new BsonDocument("name", "orderissueevents") }).SingleAsync();
        Assume.That(listed["info"].AsBsonDocument.Contains("uuid"), "The server gives collections no ids.");
        await ChangeAsync("A-1", 0);
        await PublishAllAsync();
        var epoch = (await Log.GetRangeAsync(default)).Epoch;
        await database!.Database.DropCollectionAsync("orderissueevents");

        using var later = new WatchedMongo(database);

        var range = await later.Host.Services.GetRequiredService<IEventLog>().GetRangeAsync(default);
        Assert.That(range.Latest, Is.Zero);
        Assert.That(range.Epoch, Is.Not.EqualTo(epoch));
    }

    private async Task ChangeAsync(string orderId, int changes)
    {
        var issue = (await Issues.AddAsync(IssueFactory.Issue(orderId), default)).Issue;
        for (var i = 0; i < changes; i++)
        {
            var change = issue.ChangeStatus($"s{i}", null, IssueFactory.Statuses, IssueFactory.Now);
            issue = ((ChangeResult.Applied)await Issues.TryChangeAsync(change, default)).Issue;
        }
    }

    private Task<UpdateResult> SetAsync(string orderId, string update) =>
        database!.Issues.UpdateOneAsync(new BsonDocument("OrderId", orderId), BsonDocument.Parse(update));

    private async Task PublishAllAsync()
    {
        for (var rounds = 0; await Entries.PublishAsync(default) > 0; rounds++)
        {
            Assert.That(rounds, Is.LessThan(100), "Goes round in circles");
        }
    }

    /// <summary>What a publisher would append next.</summary>
    private async Task<IReadOnlyList<BsonDocument>> EventsToComeAsync()
    {
        var issue = await database!.Issues.Aggregate()
            .Project<BsonDocument>(Infrastructure.MongoDb.Documents.EventDocument.Unpublished).SingleAsync();
        return Infrastructure.MongoDb.Documents.EventDocument.OfEntries(issue, IssueFactory.Now);
    }

    private async Task<string> EventsAsync() =>
        string.Join(' ', (await Log.ReadAsync(0, 1000, default)).Select(told => $"{told.Sequence}:{told.OrderId}/{told.Version}"));

    private Task<long> MarkedAsync() => database!.Issues.CountDocumentsAsync(new BsonDocument("_unpublished", new BsonDocument("$exists", true)));
}
