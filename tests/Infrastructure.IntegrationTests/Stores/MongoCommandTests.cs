using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Number and form of the commands: a server with millions of issues answers those that an index bounds.</summary>
public sealed class MongoCommandTests
{
    private static readonly IssueSort Newest = new(IssueField.CreatedAt, Descending: true);
    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        mongo = new WatchedMongo(database);
        await mongo.Host.PreparedAsync();
        mongo.Clear();
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task A_create_takes_two()
    {
        await AddAsync();

        Assert.That(mongo!.Names, Is.EqualTo(new[] { "findAndModify", "insert" }));
    }

    [Test]
    public async Task A_read_takes_one_and_a_message_too_and_another_change_two()
    {
        await AddAsync();
        await mongo!.Host.Services.GetRequiredService<UndatedIssues>().LookAsync(default);

        // The first one also finds out whether the server can weigh documents.
        await SayAsync();
        mongo.Clear();

        var issue = (await mongo.Host.Store.FindAsync("1600001", default))!;
        Assert.That(mongo.Names, Is.EqualTo(new[] { "find" }));

        mongo.Clear();
        await SayAsync();
        Assert.That(mongo.Names, Is.EqualTo(new[] { "findAndModify" }));

        mongo.Clear();
        var newest = (await mongo.Host.Store.FindByOrderAsync(issue.OrderId, null, default))!;
        await mongo.Host.Store.TryChangeAsync(newest.ChangeStatus("done", null, IssueFactory.Statuses, IssueFactory.Now), default);
        Assert.That(mongo.Names, Is.EqualTo(new[] { "find", "findAndModify" }));
        Assert.That(newest.Discussion, Has.Count.EqualTo(2));

        Task SayAsync() =>
            mongo.Host.Store.AddMessageAsync(new NewMessage(IssueFactory.Issue().OrderId, null, "John", "Hello", IssueFactory.Now), default);
    }

    [Test]
    public async Task Creates_of_64_callers_share_theirs()
    {
        const int Callers = 64;
        const int Each = 5;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await AddAsync();
            }
        })));

        Assert.That(mongo!.Names.Count(), Is.LessThanOrEqualTo(Callers * Each / 5));
        Assert.That(mongo.Names, Is.All.AnyOf("findAndModify", "insert"));
    }

    [Test]
    public async Task A_first_page_takes_one([Values] bool isDescending)
    {
        await AddAsync(3);

        await ListAsync(Newest with { Descending = isDescending }, null, 2, isDescending ? 1 : 2);
    }

    [Test]
    public async Task A_later_page_starts_where_the_one_before_ended([Values] bool isDescending)
    {
        await AddAsync(4);
        var sort = Newest with { Descending = isDescending };
        var first = await mongo!.Host.Queries.ListAsync(new(), sort, null, 1, default);

        await ListAsync(sort, first.Last, 2, 1);

        var find = mongo.Commands.Single();
        var time = new BsonDateTime(first.Issues[0].CreatedAt!.Value.UtcDateTime);
        Assert.That(Conditions(find["filter"]), Has.Some.EqualTo(
            new BsonDocument("createdAt", new BsonDocument(isDescending ? "$lte" : "$gte", time)).ToJson()));
        Assert.That(find["limit"].ToInt32(), Is.EqualTo(3));
    }

    /// <summary>The first command of an ascending list, the last one of a descending walk.</summary>
    [TestCase("createdAt")]
    [TestCase("updatedAt")]
    public async Task What_is_undated_is_asked_for_by_ranges(string field)
    {
        await ListAsync(new(IssueField.Named(field), Descending: false), null, 10, 2);

        var undated = mongo!.Commands.First()["filter"];
        Assert.That(Conditions(undated), Is.EquivalentTo(new[]
        {
            """{ "_id" : { "$type" : 7 } }""",
            $$$"""{ "$or" : [{ "{{{field}}}" : { "$not" : { "$gte" : { "$date" : { "$numberLong" : "-62135596800000" } } } } }, { "{{{field}}}" : { "$gt" : { "$date" : "9999-12-31T23:59:59.999Z" } } }] }""",
        }));
    }

    [Test]
    public async Task What_has_no_index_of_its_own_is_bounded_by_that_of_the_dates(
        [Values("channel", "source", "issueType", "picker", "createdBy")] string field)
    {
        var filter = new IssueFilter { Fields = IssueFactory.Values((IssueField.Named(field), ["x"])) };
        await mongo!.Host.Queries.ListAsync(filter, Newest, null, 10, default);

        var find = mongo.Commands.First();
        Assert.That(Conditions(find["filter"]), Has.Some.StartsWith("""{ "createdAt" : { "$gte" : """));
        Assert.That(find["sort"].ToJson(), Is.EqualTo("""{ "createdAt" : -1, "_id" : -1 }"""));
    }

    [Test]
    public async Task A_count_of_all_reads_the_index_of_ids()
    {
        await AddAsync(3);
        mongo!.Clear();

        Assert.That(await mongo.Host.Queries.CountAsync(new(), default), Is.EqualTo(3));
        Assert.That(await mongo.Host.Queries.CountAsync(new() { Fields = IssueFactory.Values((IssueField.Status, ["x"])) }, default), Is.Zero);

        Assert.That(mongo.Commands.Select(command => command.GetValue("hint", BsonNull.Value).ToJson()), Is.EqualTo(new[] { """{ "_id" : 1 }""", "null" }));
    }

    /// <summary>A pass over the collection for all of them, where there is none in the way.</summary>
    [Test]
    public async Task Indexes_take_one_a_collection_and_the_unique_one_comes_last()
    {
        using var another = new WatchedMongo(database!);
        await another.Host.PreparedAsync();

        var made = another.Commands.Where(command => command.Contains("createIndexes") && command["createIndexes"] == "orderissues").ToList();
        Assert.That(made.Select(command => command["indexes"].AsBsonArray.Count), Is.EqualTo(new[] { 13, 1 }));
        Assert.That(made[1]["indexes"][0]["unique"].ToBoolean(), Is.True);
    }

    [Test]
    public async Task Trusts_a_counter_whose_next_numbers_are_free()
    {
        await AddAsync(2);
        using var another = new WatchedMongo(database!);
        await another.Host.PreparedAsync();

        await another.Host.Store.AddAsync(IssueFactory.Issue(), default);

        Assert.That(another.Commands.Where(command => command.Contains("aggregate")), Is.Empty);
        var lookUp = another.Commands.Single(
            command => command.Contains("find") && command["find"] == "orderissues" && command["filter"].AsBsonDocument.Contains("issueId"));
        Assert.That(lookUp["filter"]["issueId"]["$in"].AsBsonArray, Has.Count.EqualTo(2_000).And.Member((BsonValue)"1600003").And.Member((BsonValue)1_601_002L));
        Assert.That(lookUp.Contains("maxTimeMS"), Is.True);
    }

    private static IEnumerable<string> Conditions(BsonValue filter) =>
        filter.AsBsonDocument.TryGetValue("$and", out var all)
            ? all.AsBsonArray.SelectMany(Conditions)
            : filter.AsBsonDocument.Select(element => new BsonDocument(element).ToJson());

    private async Task AddAsync(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            await mongo!.Host.Store.AddAsync(OrderIssue.Open(IssueFactory.Details(), IssueFactory.Statuses, IssueFactory.Now.AddMinutes(i)), default);
        }
    }

    private async Task ListAsync(IssueSort sort, IssuePosition? after, int limit, int commands)
    {
        mongo!.Clear();

        await mongo.Host.Queries.ListAsync(new(), sort, after, limit, default);

        Assert.That(mongo.Names, Is.EqualTo(Enumerable.Repeat("find", commands)));
    }
}
