using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Expired records count as absent in every <see cref="IRecordStore"/>, also while they are still there.</summary>
[TestFixtureSource(typeof(RecordStoreTests), nameof(RecordStoreTests.Fixtures))]
public sealed class RecordExpiryTests(StoreKind storeKind, string kind)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly RecordSamples samples = new(kind);

    private EmptyStore store = null!;
    private StoredRecord old = null!;

    private IRecordStore Records => store.Host.Records;

    [SetUp]
    public async Task Start()
    {
        store = await EmptyStore.StartAsync(storeKind);
        (old, _) = await Records.PutIfAbsentAsync(samples.Record() with { ExpiresAt = store.Time.GetUtcNow() + Hour, Attachment = null });
    }

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Are_there_until_the_last_moment()
    {
        store.Time.Advance(Hour - Moment);

        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(old));
        Assert.That(await Records.PutIfAbsentAsync(samples.Record(2)), Is.EqualTo(new PutResult(old, IsNew: false)));
        Assert.That(await Records.PutIfVersionAsync(old), Is.Not.Null);
    }

    [Test]
    public async Task Are_not_found()
    {
        store.Time.Advance(Hour);

        Assert.That(await Records.FindAsync(kind, "k"), Is.Null);
        Assert.That(await CountAsync(), Is.EqualTo(1), "It is still there");
    }

    [Test]
    public async Task Are_not_replaced()
    {
        store.Time.Advance(Hour);

        Assert.That(await Records.PutIfVersionAsync(old with { ExpiresAt = store.Time.GetUtcNow() + Hour }), Is.Null);
        Assert.That(await Records.FindAsync(kind, "k"), Is.Null);
    }

    [Test]
    public async Task Make_room_for_a_new_one_which_is_not_the_old_one()
    {
        store.Time.Advance(Hour);

        var (next, isNew) = await Records.PutIfAbsentAsync(samples.Record());

        Assert.That(isNew, Is.True);
        Assert.That(await Records.PutIfVersionAsync(old with { ExpiresAt = null }), Is.Null);
        await Records.RemoveAsync(kind, "k", old.Version!);
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(next));
        Assert.That(await Records.PutIfAbsentAsync(samples.Record(2)), Is.EqualTo(new PutResult(next, IsNew: false)));
    }

    [Test]
    public async Task Make_room_for_one_of_many()
    {
        store.Time.Advance(Hour);

        var puts = await Task.WhenAll(Enumerable.Range(2, 16).Select(i => Task.Run(() => Records.PutIfAbsentAsync(samples.Record(i)))));

        var winner = puts.Single(put => put.IsNew).Record;
        Assert.That(puts.Select(put => put.Record), Is.All.EqualTo(winner));
        Assert.That(winner.Content, Is.Not.EqualTo(old.Content));
    }

    [Test]
    public async Task Are_removed_only_while_they_count()
    {
        store.Time.Advance(Hour);

        await Records.RemoveAsync(kind, "k", old.Version!);

        Assert.That(await Records.FindAsync(kind, "k"), Is.Null);
        Assert.That((await Records.PutIfAbsentAsync(samples.Record())).IsNew, Is.True);
    }

    private async Task<long> CountAsync()
    {
        if (storeKind == StoreKind.MongoDb)
        {
            var counts = await Task.WhenAll(new[] { "records", "idempotencykeys", "tiktokshoptokens" }.Select(name =>
                store.Database.Database.GetCollection<BsonDocument>(name).CountDocumentsAsync(MongoTestDatabase.NotOfPublisher)));
            return counts.Sum();
        }

        return await SqliteRecordTests.CountAsync(store.File);
    }
}
