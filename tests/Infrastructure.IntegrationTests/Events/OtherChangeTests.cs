using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Events;

/// <summary>What the Mongoose service, or an earlier version of this one, writes beside.</summary>
public sealed class OtherChangeTests
{
    private readonly FakeTimeProvider time = EmptyStore.NewTime();
    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    private IEventLog Log => mongo!.Host.Services.GetRequiredService<IEventLog>();

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        mongo = new WatchedMongo(database, time);
        await mongo.Host.Services.GetRequiredService<EventSequence>().PrepareAsync(default);
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task Are_told_once()
    {
        await WriteAsync("A-0");
        time.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.That(await ToldAsync(), Is.Empty, "The log begins with the first sweep");
        time.Advance(TimeSpan.FromSeconds(5));
        await WriteAsync("A-1");
        await WriteAsync("A-2");

        await SweepAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await SweepAsync();

        Assert.That(await ToldAsync(), Is.EqualTo(new[] { "1 A-1", "2 A-2" }));
        var told = (await Log.ReadAsync(0, 1, default)).Single();
        Assert.That(
            (told.Action, told.Changed.Single(), told.At, told.Version, told.Status),
            Is.EqualTo(("edited", "unknown", time.GetUtcNow() - TimeSpan.FromSeconds(5), 3, "pending")));
    }

    [Test]
    public async Task Are_told_again_when_they_change_again()
    {
        await SweepAsync();
        for (var i = 1; i <= 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await WriteAsync("A-1");
            await SweepAsync();
        }

        Assert.That(await ToldAsync(), Is.EqualTo(new[] { "1 A-1", "2 A-1", "3 A-1" }));
    }

    [Test]
    public async Task Are_found_two_minutes_late_and_after_hours_in_which_no_instance_ran()
    {
        await SweepAsync();
        time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        await WriteAsync("A-1", time.GetUtcNow() - TimeSpan.FromSeconds(115));
        await SweepAsync();
        await WriteAsync("A-2", time.GetUtcNow() + TimeSpan.FromMinutes(5));
        time.Advance(TimeSpan.FromHours(3));
        await SweepAsync();

        Assert.That(await ToldAsync(), Is.EqualTo(new[] { "1 A-1", "2 A-2" }));
    }

    [Test]
    public async Task Are_not_those_of_this_service()
    {
        await SweepAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var issue = (await mongo!.Host.Store.AddAsync(IssueFactory.Issue("A-1", now: time.GetUtcNow()), default)).Issue;
        await mongo.Host.Store.TryChangeAsync(issue.ChangeStatus("done", null, IssueFactory.Statuses, time.GetUtcNow()), default);
        await SweepAsync();
        Assert.That(await ToldAsync(), Is.Empty);

        // Mongoose's save().
        time.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync("A-1");
        await SweepAsync();

        Assert.That(await ToldAsync(), Is.EqualTo(new[] { "1 A-1" }));
    }

    [Test]
    public async Task Are_found_also_where_there_are_many()
    {
        await SweepAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await database!.Issues.InsertManyAsync(Enumerable.Range(0, 2_500).Select(i => new BsonDocument
        {
            { "OrderId", $"A-{i}" }, { "issueId", $"{i}" }, { "updatedAt", new BsonDateTime(time.GetUtcNow().ToUnixTimeMilliseconds() + (i % 3)) },
        }));

        await SweepAsync();

        Assert.That((await Log.ReadAsync(0, 5_000, default)).Select(told => told.IssueId).Distinct(), Has.Exactly(2_500).Items);
    }

    [TestCase("""{ "$date": "9999-12-31T23:59:59Z" }""")]
    [TestCase("""{ "$date": "2099-01-01T00:00:00Z" }""")]
    public async Task Are_found_also_with_times_that_are_far_off(string updatedAt)
    {
        await SweepAsync();
        await WriteAsync("A-1");
        await database!.Issues.UpdateOneAsync(
            new BsonDocument("OrderId", "A-1"), BsonDocument.Parse($$"""{ "$set": { "updatedAt": {{updatedAt}} } }"""));
        await SweepAsync();
        time.Advance(TimeSpan.FromHours(1));
        await SweepAsync();

        Assert.That(await ToldAsync(), Is.EqualTo(new[] { "1 A-1" }));
    }

    private Task SweepAsync() => mongo!.Host.Services.GetRequiredService<OtherChanges>().SweepAsync(default);

    private Task<UpdateResult> WriteAsync(string orderId, DateTimeOffset? updatedAt = null) => database!.Issues.UpdateOneAsync(
        new BsonDocument("OrderId", orderId),
        new BsonDocument("$set", new BsonDocument
        {
            { "issueId", orderId[2..] },
            { "status", "pending" },
            { "__v", 3 },
            { "updatedAt", new BsonDateTime((updatedAt ?? time.GetUtcNow()).ToUnixTimeMilliseconds()) },
        }),
        new UpdateOptions { IsUpsert = true });

    private async Task<IEnumerable<string>> ToldAsync() =>
        (await Log.ReadAsync(0, 100, default)).Select(told => $"{told.Sequence} {told.OrderId}");
}
