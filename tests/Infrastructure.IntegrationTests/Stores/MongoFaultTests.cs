using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.IntegrationTests.Records;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What a server's trouble does to each operation, by the fail points that MongoDB's own tests use.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class MongoFaultTests
{
    private const string OrderId = "A-1";
    private const int OutOfDiskSpace = 14031;
    private const int DocumentValidationFailure = 121;
    private static readonly string[] Reads = ["find", "aggregate", "getMore"];
    private static readonly string[] Writes = ["insert", "update", "delete", "findAndModify"];
    private static readonly string[] All = [.. Reads, .. Writes];
    private static readonly DateTimeOffset Now = IssueFactory.Now;

    private static readonly PassingError[] Passing = [.. Enum.GetValues<PassingError>().Except([PassingError.MaxTimeMSExpired])];

    private static readonly PassingError[] OfWriteConcern =
    [
        PassingError.WriteConcernTimeout, PassingError.UnknownReplWriteConcern, PassingError.UnsatisfiableWriteConcern,
        PassingError.ShutdownInProgress, PassingError.PrimarySteppedDown, PassingError.NotWritablePrimary,
        PassingError.InterruptedAtShutdown, PassingError.InterruptedDueToReplStateChange, PassingError.NetworkTimeout, (PassingError)OutOfDiskSpace,
    ];

    private readonly RecordSamples samples = new(RecordKinds.Idempotency);
    private readonly StoredRecord other = new RecordSamples(RecordKinds.Idempotency).Record(key: "other");
    private readonly OrderIssue added = IssueFactory.Issue("A-2");
    private readonly EntityId greeting = EntityId.New(Now);
    private MongoTestDatabase? database;
    private FailPoint? fault;
    private StoreHost? host;

    private IOrderIssueStore Store => host!.Store;

    private IRecordStore Records => host!.Records;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        fault = await FailPoint.TryTakeAsync(database.Uri);
        if (fault is null)
        {
            Assert.Ignore(FailPoint.HowTo);
        }
    }

    [TearDown]
    public async Task Stop()
    {
        host?.Dispose();
        await (fault?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [TestCaseSource(nameof(Passing))]
    public async Task An_error_that_passes_makes_every_operation_unavailable_and_passes(PassingError error)
    {
        var (issue, record) = await FillAsync();

        await fault!.SetAsync(All, Error((int)error));
        var failures = await FailAsync(Operations(issue, record));
        await fault.OffAsync();

        Assert.That(failures.Select(failure => (failure.Code, failure.RetryAfter)), Is.All.EqualTo((FailureCode.StoreUnavailable, FailureException.ShortPause)));
        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Version, Is.EqualTo(issue.Version));
        await SucceedAsync(Operations(issue, record));
    }

    [Test]
    public async Task A_time_limit_is_told_as_one()
    {
        var (issue, record) = await FillAsync();

        await fault!.SetAsync(Reads, Error((int)PassingError.MaxTimeMSExpired));

        var failures = await FailAsync(ReadOperations(issue, record));
        Assert.That(failures.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.QueryTimeout));
    }

    [Test]
    public async Task A_full_disk_is_told_as_one()
    {
        var (issue, record) = await FillAsync();

        await fault!.SetAsync(Writes, Error(OutOfDiskSpace));

        var failures = await FailAsync(WriteOperations(issue, record));
        Assert.That(failures.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.StoreUnavailable));
        Assert.That(failures.Select(failure => failure.Message), Is.All.StartsWith("The store's disk is full"));
    }

    [Test]
    public async Task The_rules_of_a_validator_are_told_as_rules()
    {
        var (issue, _) = await FillAsync();

        await fault!.SetAsync(Writes, Error(DocumentValidationFailure).Add("namespace", $"{database!.Issues.CollectionNamespace}"));

        var failures = await FailAsync([() => AddAsync(), () => SayAsync(issue)]);
        Assert.That(failures.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.ValidationFailed));
        Assert.That(failures.Select(failure => failure.Message), Is.All.StartsWith("The database has rules of its own"));
    }

    [Test]
    public async Task A_unique_index_of_another_program_is_told_as_a_rule_also_to_a_change()
    {
        var (issue, _) = await FillAsync();
        await database!.Issues.InsertOneAsync(new BsonDocument("notes", "taken"));
        await database.Issues.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(
            new BsonDocument("notes", 1), new CreateIndexOptions<BsonDocument> { Unique = true, PartialFilterExpression = new BsonDocument("notes", "taken") }));

        var patch = issue.Patch(new() { Notes = "taken" }, IssueFactory.Statuses, Now)!;
        var failures = await FailAsync([() => Store.TryChangeAsync(patch, default)]);

        Assert.That(failures.Single().Code, Is.EqualTo(FailureCode.ValidationFailed));
    }

    [TestCase(9)]
    [TestCase(8_000_000)]
    public async Task Another_error_is_a_fault_of_the_program(int code)
    {
        var (issue, record) = await FillAsync();

        await fault!.SetAsync(All, Error(code));

        foreach (var operation in ReadOperations(issue, record).Append(() => SayAsync(issue)))
        {
            Assert.That(await CaughtAsync(operation), Is.InstanceOf<MongoException>());
        }
    }

    /// <summary>The write is there, but may be rolled back: whoever repeats it is told so only once that can't be.</summary>
    [TestCaseSource(nameof(OfWriteConcern))]
    public async Task A_write_that_no_majority_confirmed_is_unavailable_and_found_when_it_is_repeated(PassingError error)
    {
        var (issue, record) = await FillAsync();
        foreach (var (collection, operations) in WritesByCollection(issue, record))
        {
            await fault!.SetAsync(Writes, ConcernError(error).Add("namespace", $"{database!.Database.DatabaseNamespace}.{collection}"));
            var failures = await FailAsync(operations);
            Assert.That(failures.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.StoreUnavailable));
            await fault.OffAsync();
        }

        await RepeatAndCheckAsync(issue);
    }

    /// <summary>The driver sends it again on a replica set; on a standalone server the caller does.</summary>
    [TestCaseSource(nameof(OfWriteConcern))]
    public async Task A_write_that_is_sent_again_is_done_once(PassingError error)
    {
        var (issue, record) = await FillAsync();
        foreach (var (collection, operations) in WritesByCollection(issue, record))
        {
            foreach (var operation in operations)
            {
                await fault!.SetAsync(
                    Writes,
                    ConcernError(error)
                        .Add("errorLabels", new BsonArray { "RetryableWriteError" })
                        .Add("namespace", $"{database!.Database.DatabaseNamespace}.{collection}"),
                    times: 1);
                await UntilDoneAsync(operation);
                await fault.OffAsync();
            }
        }

        await RepeatAndCheckAsync(issue);
    }

    [Test]
    public async Task A_connection_that_breaks_once_keeps_no_read_waiting()
    {
        var (issue, record) = await FillAsync();
        foreach (var read in ReadOperations(issue, record))
        {
            await fault!.SetAsync(Reads, new BsonDocument("closeConnection", true), times: 1);
            await read();
        }
    }

    [TestCase("""{ "closeConnection": true }""")]
    [TestCase("""{ "blockConnection": true, "blockTimeMS": 800 }""")]
    public async Task A_server_that_hangs_up_or_hangs_is_unavailable_and_nothing_is_written_twice(string what)
    {
        var (issue, record) = await FillAsync("socketTimeoutMS=200");

        await fault!.SetAsync(All, BsonDocument.Parse(what));
        var failures = await FailAsync(
            [.. Operations(issue, record), () => Store.AddAsync(added, default), () => GreetAsync(issue), () => Records.PutIfAbsentAsync(other)]);
        await fault.OffAsync();

        Assert.That(failures.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.StoreUnavailable));
        await UntilDoneAsync(() => Store.AddAsync(added, default));
        await UntilDoneAsync(() => GreetAsync(issue));
        await UntilDoneAsync(() => Records.PutIfAbsentAsync(other));
        var stored = await database!.Issues.Find(new BsonDocument()).ToListAsync();
        Assert.That(stored.Select(document => document["issueId"]), Is.Unique);
        Assert.That(stored.Count(document => document["OrderId"] == added.OrderId), Is.EqualTo(1));
        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Discussion.Count(said => said.Message == "Hello"), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Passing))]
    public async Task A_start_amid_trouble_makes_all_indexes_once_it_is_over(PassingError error)
    {
        var time = new FakeTimeProvider(Now);
        await fault!.SetAsync([.. All, "createIndexes"], Error((int)error));
        host = StoreHost.Start(services => services.AddSingleton<TimeProvider>(time), ("ConnectionStrings:MongoDb", fault.Uri));
        await UntilAsync(() => Task.FromResult(host.Log.Lines.Any(line => line.Contains("trying again", StringComparison.Ordinal))));

        await fault.OffAsync();
        await UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return (await (await database!.Issues.Indexes.ListAsync()).ToListAsync()).Count == 15
                && await database.Database.GetCollection<BsonDocument>("counters").CountDocumentsAsync(new BsonDocument()) == 1;
        });

        Assert.That(host.Log.Lines, Has.None.Contains("can't be made").And.None.Contains("refuses"));
    }

    /// <summary>Queries that may scan have turns of their own, fewer than there are connections.</summary>
    [Test]
    public async Task Slow_searches_keep_no_read_of_one_issue_waiting()
    {
        var (issue, _) = await FillAsync("maxPoolSize=10");
        await fault!.SetAsync(["aggregate"], new BsonDocument { { "blockConnection", true }, { "blockTimeMS", 100 } });

        var slow = Enumerable.Range(0, 40).Select(_ => host!.Queries.TallyAsync(new(), [IssueField.Status], default)).ToList();
        for (var i = 0; i < 3; i++)
        {
            await Store.FindAsync(issue.IssueId!, default);
        }

        Assert.That(slow.Count(search => search.IsCompleted), Is.LessThan(20));
        await Task.WhenAll(slow);
    }

    private static BsonDocument Error(int code) => new("errorCode", code);

    private static BsonDocument ConcernError(PassingError error) =>
        new("writeConcernError", new BsonDocument { { "code", (int)error }, { "codeName", $"{error}" }, { "errmsg", "not yet" } });

    private static async Task<Exception?> CaughtAsync(Func<Task> operation)
    {
        try
        {
            await operation();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static async Task<IReadOnlyList<FailureException>> FailAsync(IEnumerable<Func<Task>> operations)
    {
        var caught = await Task.WhenAll(operations.Select(CaughtAsync));
        Assert.That(caught, Is.All.InstanceOf<FailureException>());
        return [.. caught.OfType<FailureException>()];
    }

    private static async Task SucceedAsync(IEnumerable<Func<Task>> operations)
    {
        foreach (var operation in operations)
        {
            await UntilDoneAsync(operation);
        }
    }

    /// <summary>A client may need a moment to notice that its server is well again.</summary>
    private static async Task UntilDoneAsync(Func<Task> operation)
    {
        for (var tries = 0; await CaughtAsync(operation) is { } exception; tries++)
        {
            Assert.That((exception as FailureException)?.Code, Is.EqualTo(FailureCode.StoreUnavailable), $"{exception}");
            Assert.That(tries, Is.LessThan(20));
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isThere)
    {
        for (var tries = 0; !await isThere(); tries++)
        {
            Assert.That(tries, Is.LessThan(500));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private async Task<(OrderIssue Issue, StoredRecord Record)> FillAsync(string setting = "")
    {
        var uri = setting.Length == 0 ? fault!.Uri : $"{fault!.Uri}&{setting}";
        host = StoreHost.Start(("ConnectionStrings:MongoDb", uri));
        OrderIssue? issue = null;
        StoredRecord? record = null;
        await UntilDoneAsync(async () => issue = await AddAsync());
        await UntilDoneAsync(async () => record = (await Records.PutIfAbsentAsync(samples.Record())).Record);
        return (issue!, record!);
    }

    private (string Collection, Func<Task>[] Operations)[] WritesByCollection(OrderIssue issue, StoredRecord record) =>
    [
        ("counters", [AddAsync]),
        ("orderissues", [() => Store.AddAsync(added, default), () => GreetAsync(issue)]),
        ("idempotencykeys", [() => Records.PutIfAbsentAsync(other), () => Records.PutIfVersionAsync(record)]),
    ];

    private async Task RepeatAndCheckAsync(OrderIssue issue)
    {
        Assert.That((await Store.AddAsync(added, default)).IsNew, Is.False);
        await GreetAsync(issue);
        Assert.That((await Records.PutIfAbsentAsync(other)).IsNew, Is.False);
        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Discussion, Has.Count.EqualTo(1));
        Assert.That((await AddAsync()).IssueId, Is.GreaterThan(issue.IssueId!));
        var stored = await database!.Issues.Find(new BsonDocument()).ToListAsync();
        Assert.That(stored.Select(document => document["issueId"]), Is.Unique);
        Assert.That(stored.Count(document => document["OrderId"] == added.OrderId), Is.EqualTo(1));
    }

    /// <summary>Says the same message each time.</summary>
    private Task<ChangeResult> GreetAsync(OrderIssue issue) => Store.TryChangeAsync(issue.AddMessage("John", "Hello", Now, greeting), default);

    private IEnumerable<Func<Task>> Operations(OrderIssue issue, StoredRecord record) =>
        [.. ReadOperations(issue, record), .. WriteOperations(issue, record)];

    private Func<Task>[] ReadOperations(OrderIssue issue, StoredRecord record) =>
    [
        () => Store.FindAsync(issue.IssueId!, default),
        () => Store.FindAsync(issue.Id, default),
        () => Store.FindWithChangeAsync(OrderId, issue.Id, default),
        () => Store.FindByOrderAsync(OrderId, null, default),
        () => Store.FindByTicketAsync("freshdesk", issue.TicketId!, default),
        () => host!.Queries.FindHistoryAsync(issue.IssueId!, default),
        () => host!.Queries.ListAsync(new(), new(IssueField.CreatedAt, Descending: true), null, 10, default),
        () => host!.Queries.CountAsync(new(), default),
        () => host!.Queries.TallyAsync(new(), [IssueField.Status], default),
        () => Records.FindAsync(record.Kind, record.Key),
        () => Records.ListDueAsync(RecordSamples.Due, Now, 10),
        () => host!.RepairAsync(apply: false),
    ];

    private IEnumerable<Func<Task>> WriteOperations(OrderIssue issue, StoredRecord record) =>
    [
        AddAsync,
        () => SayAsync(issue),
        () => Records.PutIfAbsentAsync(samples.Record(key: "other")),
        () => Records.PutIfVersionAsync(record),
        () => Records.RemoveAsync(record.Kind, "other", record.Version!),
    ];

    private async Task<OrderIssue> AddAsync() => (await Store.AddAsync(IssueFactory.Issue(OrderId), default)).Issue;

    private Task<ChangeResult> SayAsync(OrderIssue issue) => Store.TryChangeAsync(issue.AddMessage("John", "Hi", Now), default);
}
