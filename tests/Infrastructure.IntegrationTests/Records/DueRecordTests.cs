using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Listing by kind and due time, or by kind and key, which every <see cref="IRecordStore"/> has.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class DueRecordTests(StoreKind storeKind)
{
    private const string Kind = RecordSamples.Due;
    private readonly RecordSamples samples = new(Kind);

    private EmptyStore store = null!;

    private IRecordStore Records => store.Host.Records;

    private DateTimeOffset Now => store.Time.GetUtcNow();

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(storeKind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Lists_what_is_due_the_earliest_first()
    {
        await PutAsync("never", null);
        await PutAsync("later", Now.AddMilliseconds(1));
        var second = await PutAsync("second", Now);
        var first = await PutAsync("first", Now.AddYears(-1));
        await Records.PutIfAbsentAsync(new StoredRecord { Kind = "others", Key = "k", Content = "{}", DueAt = Now });

        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Is.EqualTo(new[] { first, second }));
        Assert.That(await Records.ListDueAsync(Kind, Now, 1), Is.EqualTo(new[] { first }));
        Assert.That(await Records.ListDueAsync(Kind, Now.AddYears(-2), 10), Is.Empty);
        Assert.That(await Records.ListDueAsync("none", Now, 10), Is.Empty);
        foreach (var kind in RecordSamples.Kinds.Except([Kind]))
        {
            await Records.PutIfAbsentAsync(new RecordSamples(kind).Record());
            Assert.That(await Records.ListDueAsync(kind, Now.AddYears(1), 10), Is.Empty);
        }
    }

    [Test]
    public async Task Follows_what_is_written()
    {
        var record = await PutAsync("k", Now);

        record = (await Records.PutIfVersionAsync(record with { DueAt = Now.AddMilliseconds(1), Attachment = null }))!;
        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Is.Empty);
        Assert.That(await Records.ListDueAsync(Kind, Now.AddMilliseconds(1), 10), Is.EqualTo(new[] { record }));

        record = (await Records.PutIfVersionAsync(record with { DueAt = null }))!;
        Assert.That(await Records.ListDueAsync(Kind, Now.AddYears(1), 10), Is.Empty);

        record = (await Records.PutIfVersionAsync(record with { DueAt = Now }))!;
        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Is.EqualTo(new[] { record }));
        await Records.RemoveAsync(Kind, "k", record.Version!);
        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Is.Empty);
    }

    [Test]
    public async Task Leaves_expired_records_out()
    {
        await PutAsync("k", Now, Now.AddHours(1));
        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Has.Count.EqualTo(1));

        store.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(await Records.ListDueAsync(Kind, Now, 10), Is.Empty);
    }

    [Test]
    public async Task Lists_a_kind_in_the_order_of_keys()
    {
        var records = new List<StoredRecord>();
        foreach (var key in new[] { "10", "02", "", "ä", "a", "B", "花" })
        {
            records.Add(await PutAsync(key, key == "a" ? Now : null));
        }

        await PutAsync("expired", null, Now.AddHours(1));
        store.Time.Advance(TimeSpan.FromHours(1));
        foreach (var neighbour in new[] { Kind + ":", "remind", "z" })
        {
            await Records.PutIfAbsentAsync(new StoredRecord { Kind = neighbour, Key = "a", Content = "{}" });
        }

        var sorted = records.OrderBy(record => record.Key, StringComparer.Ordinal).ToList();
        Assert.That(await Records.ListAsync(Kind, null, 10), Is.EqualTo(sorted));
        Assert.That(await Records.ListAsync(Kind, null, 2), Is.EqualTo(sorted[..2]));
        Assert.That(await Records.ListAsync(Kind, "", 10), Is.EqualTo(sorted[1..]));
        Assert.That(await Records.ListAsync(Kind, "B", 2), Is.EqualTo(sorted[4..6]));
        Assert.That(await Records.ListAsync(Kind, "C", 10), Is.EqualTo(sorted[4..]));
        Assert.That(await Records.ListAsync(Kind, "花", 10), Is.Empty);
        Assert.That(await Records.ListAsync("none", null, 10), Is.Empty);
    }

    private async Task<StoredRecord> PutAsync(string key, DateTimeOffset? dueAt, DateTimeOffset? expiresAt = null) =>
        (await Records.PutIfAbsentAsync(samples.Record(key: key) with { DueAt = dueAt, ExpiresAt = expiresAt })).Record;
}
