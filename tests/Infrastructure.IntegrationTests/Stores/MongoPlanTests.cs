using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Documents that a server reads for the service's queries. Only servers that explain their plans can tell.</summary>
public sealed class MongoPlanTests
{
    private const int Issues = 200;
    private static readonly IssueSort[] Sorts =
        [.. from field in new[] { IssueField.CreatedAt, IssueField.UpdatedAt } from isDescending in new[] { false, true } select new IssueSort(field, isDescending)];

    private MongoTestDatabase? database;
    private WatchedMongo? mongo;

    private IOrderIssueQueries Queries => mongo!.Host.Queries;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        if (await ReadByAsync(new BsonDocument { { "find", "orderissues" }, { "filter", new BsonDocument() } }) is null)
        {
            Assert.Ignore("The server doesn't explain its plans: this needs a mongod.");
        }

        mongo = new WatchedMongo(database);
        await mongo.Host.PreparedAsync();
        var issues = Enumerable.Range(0, Issues)
            .Select(i => OrderIssue.Open(IssueFactory.Details($"A-{i}"), IssueFactory.Statuses, IssueFactory.Now.AddMinutes(i)));
        await Task.WhenAll(issues.Select(issue => mongo.Host.Store.AddAsync(issue, default)));
        mongo.Clear();
    }

    [TearDown]
    public async Task Stop()
    {
        mongo?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task A_page_reads_its_own([ValueSource(nameof(Sorts))] IssueSort sort)
    {
        var first = await Queries.ListAsync(new(), sort, null, 10, default);
        await Queries.ListAsync(new(), sort, first.Last, 10, default);

        Assert.That(await ReadAsync(), Is.All.LessThanOrEqualTo(20));
    }

    [Test]
    public async Task The_end_of_a_walk_reads_no_dated_issue([ValueSource(nameof(Sorts))] IssueSort sort)
    {
        await Queries.ListAsync(new(), sort with { Descending = true }, new IssuePosition(null, EntityId.New(IssueFactory.Now)), 10, default);

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task A_count_of_all_reads_none()
    {
        await Queries.CountAsync(new(), default);

        Assert.That(await ReadAsync(), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task A_range_of_dates_bounds_what_has_no_index_of_its_own()
    {
        var range = new Dictionary<IssueField, TimeRange> { [IssueField.CreatedAt] = new(IssueFactory.Now, IssueFactory.Now.AddMinutes(10)) };
        var filter = new IssueFilter { Times = range, Fields = IssueFactory.Values((IssueField.Packer, ["x"])) };

        await Queries.ListAsync(filter, Sorts[0], null, 10, default);
        await Queries.CountAsync(filter, default);

        Assert.That(await ReadAsync(), Is.All.LessThanOrEqualTo(20));
    }

    [Test]
    public async Task A_look_up_of_numbers_reads_none()
    {
        using var another = new WatchedMongo(database!);
        await another.Host.PreparedAsync();

        Assert.That(await ReadByAsync(another.Commands.Single(command => command.Contains("find") && command["find"] == "orderissues")), Is.Zero);
    }

    private async Task<IEnumerable<int?>> ReadAsync() => await Task.WhenAll(mongo!.Commands.ToList().Select(ReadByAsync));

    /// <summary>Documents that the command reads; null where the server doesn't say.</summary>
    private async Task<int?> ReadByAsync(BsonDocument command)
    {
        var explained = new BsonDocument(command.Where(element => element.Name is not ("$db" or "lsid" or "$clusterTime" or "maxTimeMS" or "readConcern")));
        var plan = await database!.Database.RunCommandAsync<BsonDocument>(new BsonDocument { { "explain", explained }, { "verbosity", "executionStats" } });
        return Find(plan)?.ToInt32();

        static BsonValue? Find(BsonValue part) => part switch
        {
            BsonDocument document => document.GetValue("totalDocsExamined", null) ?? document.Values.Select(Find).FirstOrDefault(found => found is not null),
            BsonArray list => list.Select(Find).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }
}
