using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Creates that share their commands, each answered by itself.</summary>
/// <remarks>One after the other, since a server has one fail point at a time.</remarks>
[NonParallelizable]
public sealed class MongoGroupTests
{
    private static readonly TimeSpan SocketTimeout = TimeSpan.FromMilliseconds(500);
    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        mongo = new WatchedMongo(database);
        await mongo.Host.PreparedAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task One_that_is_refused_leaves_the_others_alone()
    {
        await database!.Issues.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(
            new BsonDocument("notes", 1), new CreateIndexOptions<BsonDocument> { Unique = true, PartialFilterExpression = new BsonDocument("notes", new BsonDocument("$exists", true)) }));
        var (present, taken) = (Issue(), Issue(notes: "taken"));
        await AddAsync(present);
        await AddAsync(taken);
        var first = await BeginAsync();

        var group = new[] { Issue(), present, Issue(notes: "taken"), Issue() }.Select(AddAsync).ToList();

        Assert.That((await first).IsNew, Is.True);
        Assert.That((await group[0]).IsNew, Is.True);
        Assert.That((await group[1]).IsNew, Is.False);
        Assert.That((await Assert.ThrowsAsync<FailureException>(() => group[2]))!.Code, Is.EqualTo(FailureCode.ValidationFailed));
        Assert.That((await group[3]).IsNew, Is.True);
        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1_600_001, 1_600_002, 1_600_003, 1_600_004, 1_600_007 }));
        Assert.That(mongo!.Commands.Last(command => command.Contains("find"))["readConcern"]["level"].AsString, Is.EqualTo("majority"));
    }

    [Test]
    public async Task A_number_that_is_taken_meanwhile_is_left_out()
    {
        var first = await BeginAsync();
        await database!.Issues.InsertOneAsync(new BsonDocument { { "OrderId", "A-1" }, { "issueId", "1600003" } });

        var group = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(Issue())).Append(first));

        Assert.That(group.Select(added => added.IsNew), Is.All.True);
        Assert.That(await NumbersAsync(), Is.Unique.And.Exactly(5).Items);
    }

    [Test]
    public async Task A_caller_that_goes_away_takes_nobody_along()
    {
        using var gone = new CancellationTokenSource();
        var (begun, waiting, other) = (Issue(), Issue(), Issue());
        await mongo!.FailAsync("insert", """{ "blockConnection": true, "blockTimeMS": 500 }""");
        var first = mongo.Host.Store.AddAsync(begun, gone.Token);
        await UntilAsync(() => mongo.Names.Contains("insert"));
        var second = mongo.Host.Store.AddAsync(waiting, gone.Token);
        var third = AddAsync(other);

        await gone.CancelAsync();

        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => second, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await third).IsNew, Is.True);
        Assert.That((await IdsAsync()).Order(), Is.EqualTo(new[] { begun.Id, other.Id }.Order()));
    }

    [Test]
    public async Task What_is_not_on_a_majority_is_not_acknowledged()
    {
        var issues = Enumerable.Range(0, 4).Select(_ => Issue()).ToList();
        await mongo!.FailAsync(
            "insert",
            """{ "blockConnection": true, "blockTimeMS": 500, "writeConcernError": { "code": 64, "errmsg": "waiting for replication timed out" } }""",
            times: 2);

        var first = AddAsync(issues[0]);
        await UntilAsync(() => mongo.Names.Contains("insert"));
        var group = issues.Skip(1).Select(AddAsync).Prepend(first).ToList();

        foreach (var create in group)
        {
            Assert.That((await Assert.ThrowsAsync<FailureException>(() => create))!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
        }

        Assert.That((await Task.WhenAll(issues.Select(AddAsync))).Select(added => added.IsNew), Is.All.False);
        Assert.That(await NumbersAsync(), Is.Unique.And.Exactly(4).Items);
    }

    [Test]
    public async Task What_is_there_but_not_on_a_majority_is_not_acknowledged_either()
    {
        var time = new FakeTimeProvider();
        using var other = new WatchedMongo(database!, time);
        await other.Host.PreparedAsync();
        var issue = Issue();
        await AddAsync(issue);
        await other.FailAsync("find", """{ "blockConnection": true, "blockTimeMS": 300 }""");

        var again = other.Host.Store.AddAsync(issue, default);
        await UntilAsync(() => other.Commands.Any(command => command.Contains("readConcern")));
        await database!.Issues.DeleteManyAsync(new BsonDocument()); // As a rollback does.
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return again.IsCompleted;
        });

        Assert.That((await Assert.ThrowsAsync<FailureException>(() => again))!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
    }

    [Test]
    public async Task A_group_is_limited_in_bytes()
    {
        var first = await BeginAsync();
        var large = new string('x', 3_000_000);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AddAsync(Issue(notes: large))).Append(first));

        Assert.That(mongo!.Commands.Where(command => command.Contains("insert")).Select(command => command["documents"].AsBsonArray.Count), Is.All.LessThanOrEqualTo(2));
    }

    /// <summary>Nobody but the server knows how long they take.</summary>
    [Test]
    public async Task Indexes_and_the_reading_of_all_numbers_outlast_the_time_limit_of_other_commands()
    {
        await database!.Database.DropCollectionAsync("counters");
        await database.Issues.Indexes.DropAllAsync();
        using var slow = new WatchedMongo(database, socketTimeout: SocketTimeout);
        await slow.FailAsync("aggregate", """{ "blockConnection": true, "blockTimeMS": 1000 }""");

        await AddAsync(slow);
        await slow.FailAsync("createIndexes", """{ "blockConnection": true, "blockTimeMS": 1000 }""");
        await slow.Host.PreparedAsync();

        Assert.That(slow.Names.Count(name => name == "aggregate"), Is.EqualTo(1));
        Assert.That(slow.Names.Count(name => name == "createIndexes"), Is.EqualTo(5), "that of the counter, those of two collections of records, and two of the issues");
    }

    [Test]
    public async Task Creates_do_not_wait_for_the_reading_of_all_numbers_longer_than_a_request_may()
    {
        var time = new FakeTimeProvider();
        using var slow = new WatchedMongo(database!, time);
        await slow.Host.PreparedAsync();
        await database!.Database.DropCollectionAsync("counters");
        await slow.FailAsync("aggregate", """{ "blockConnection": true, "blockTimeMS": 1500 }""");
        slow.Clear();

        var create = AddAsync(slow);
        await UntilAsync(() => slow.Names.Contains("aggregate"));
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return create.IsCompleted;
        });
        var failure = await Assert.ThrowsAsync<FailureException>(() => create);
        var next = await AddAsync(slow);

        Assert.That(failure!.Code, Is.EqualTo(FailureCode.StoreUnavailable));
        Assert.That(next.IsNew, Is.True, "once they are read");
        Assert.That(slow.Names.Count(name => name == "aggregate"), Is.EqualTo(1));
    }

    /// <summary>They are of the same counter.</summary>
    [Test]
    public async Task Takes_numbers_that_others_got_meanwhile_for_no_fault_of_the_counter()
    {
        using var another = new WatchedMongo(database!);
        await another.Host.PreparedAsync();
        another.Clear();
        another.Host.Services.GetRequiredService<IssueCounter>().Distrust();
        await another.FailAsync("find", $$"""{ "blockConnection": true, "blockTimeMS": 300, "namespace": "{{database!.Issues.CollectionNamespace}}" }""");

        var create = AddAsync(another);
        await UntilAsync(() => another.Commands.Any(command => command.Contains("find") && command["find"] == "orderissues"));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(Issue())));

        Assert.That((await create).Issue.IssueId, Is.EqualTo("1600004"));
        Assert.That(another.Names, Has.None.EqualTo("aggregate"));
    }

    private static OrderIssue Issue(string? notes = null) =>
        OrderIssue.Open(new IssueDetails { OrderId = "A-1", Notes = notes }, IssueFactory.Statuses, IssueFactory.Now);

    private static Task<AddedIssue> AddAsync(WatchedMongo process) => process.Host.Store.AddAsync(Issue(), default);

    private static async Task UntilAsync(Func<bool> isThere)
    {
        for (var tries = 0; !isThere(); tries++)
        {
            Assert.That(tries, Is.LessThan(1_000));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private Task<AddedIssue> AddAsync(OrderIssue issue) => mongo!.Host.Store.AddAsync(issue, default);

    /// <summary>Starts a create that takes so long that others form a group meanwhile.</summary>
    private async Task<Task<AddedIssue>> BeginAsync()
    {
        var before = mongo!.Names.Count(name => name == "insert");
        await mongo.FailAsync("insert", """{ "blockConnection": true, "blockTimeMS": 500 }""");
        var create = AddAsync(Issue());
        await UntilAsync(() => mongo.Names.Count(name => name == "insert") > before);
        return create;
    }

    private async Task<IEnumerable<int>> NumbersAsync() =>
        (await database!.Issues.Find(new BsonDocument()).ToListAsync()).Select(issue => int.Parse(issue["issueId"].AsString, null)).Order();

    private async Task<IEnumerable<EntityId>> IdsAsync() =>
        (await database!.Issues.Find(new BsonDocument()).ToListAsync()).Select(issue => EntityId.Parse(issue["_id"].ToString()!));
}
