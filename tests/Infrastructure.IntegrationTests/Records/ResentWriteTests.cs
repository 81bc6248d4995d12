using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.MongoDb;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>A write that MongoDB's driver sends twice has succeeded when the second finds what the first wrote.</summary>
[TestFixtureSource(typeof(RecordSamples), nameof(RecordSamples.Kinds))]
public sealed class ResentWriteTests(string kind)
{
    private readonly RecordSamples samples = new(kind);

    private MongoTestDatabase database = null!;
    private ResendingProxy? proxy;
    private StoreHost? host;

    private IRecordStore Records => host!.Records;

    [SetUp]
    public async Task Start()
    {
        database = await MongoTestDatabase.RequireAsync();
        proxy = new ResendingProxy(database.Uri);
        host = StoreHost.Start(("ConnectionStrings:MongoDb", proxy.Uri));
    }

    [TearDown]
    public async Task Stop()
    {
        host?.Dispose();
        proxy?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }

    [Test]
    public async Task Knows_itself([Values] bool expires)
    {
        DateTimeOffset? expiry = expires ? EmptyStore.NewTime().GetUtcNow().AddHours(1) : null;

        var (first, isNew) = await Records.PutIfAbsentAsync(samples.Record() with { ExpiresAt = expiry });
        Assert.That((isNew, await Records.FindAsync(kind, "k")), Is.EqualTo((true, first)));

        var next = await Records.PutIfVersionAsync(first with { Content = samples.Record(2).Content });
        Assert.That(next, Is.Not.Null);
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(next));
        Assert.That(proxy!.Resent, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Is_not_taken_for_the_write_of_another()
    {
        var (first, _) = await Records.PutIfAbsentAsync(samples.Record());
        await Records.PutIfVersionAsync(first);

        Assert.That((await Records.PutIfAbsentAsync(samples.Record())).IsNew, Is.False);
        Assert.That(await Records.PutIfVersionAsync(first), Is.Null);
    }

    /// <summary>What is acknowledged because it is there already must outlive a failover.</summary>
    [Test]
    public async Task Is_looked_for_among_what_a_majority_has()
    {
        var (first, _) = await Records.PutIfAbsentAsync(samples.Record());
        await Records.PutIfAbsentAsync(samples.Record());
        await Records.PutIfVersionAsync(first);
        await Records.PutIfVersionAsync(first);
        await Records.FindAsync(kind, "k");

        var finds = proxy!.Finds.Where(command => MongoRecordStore.Collections.Contains(command["find"].AsString)).ToList();
        Assert.That(finds, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(finds.Select(command => command["readConcern"]["level"].AsString), Is.All.EqualTo("majority"));
    }

    [Test]
    public async Task A_store_that_cannot_be_reached_is_unavailable()
    {
        using var lost = StoreHost.Start(("ConnectionStrings:MongoDb", "mongodb://127.0.0.1:1/lost?serverSelectionTimeoutMS=500"));
        var record = samples.Record() with { Version = """{"version":1}""" };
        Func<Task>[] calls =
        [
            () => lost.Records.FindAsync(kind, "k"),
            () => lost.Records.PutIfAbsentAsync(record),
            () => lost.Records.PutIfVersionAsync(record),
            () => lost.Records.RemoveAsync(kind, "k", record.Version!),
            () => lost.Records.ListDueAsync(kind, DateTimeOffset.UnixEpoch, 1),
        ];

        await Task.WhenAll(calls.Select(async call => Assert.That(
            (await Assert.ThrowsAsync<FailureException>(call))!.Code, Is.EqualTo(FailureCode.StoreUnavailable))));
    }
}
