using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Contract of every <see cref="IRecordStore"/>, for each kind.</summary>
[TestFixtureSource(nameof(Fixtures))]
public sealed class RecordStoreTests(StoreKind storeKind, string kind)
{
    private readonly RecordSamples samples = new(kind);

    private EmptyStore store = null!;

    public static IEnumerable<object[]> Fixtures =>
        from storeKind in Enum.GetValues<StoreKind>() from kind in RecordSamples.Kinds select new object[] { storeKind, kind };

    private IRecordStore Records => store.Host.Records;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(storeKind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Stores_the_first_record_of_a_key_and_tells_the_others_of_it()
    {
        Assert.That(await Records.FindAsync(kind, "k"), Is.Null);

        var (first, isNew) = await Records.PutIfAbsentAsync(samples.Record());

        Assert.That((isNew, first with { Version = null }), Is.EqualTo((true, samples.Record())));
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(first));
        Assert.That(await Records.PutIfAbsentAsync(samples.Record(2)), Is.EqualTo(new PutResult(first, IsNew: false)));
        Assert.That(await Records.PutIfAbsentAsync(samples.Record()), Is.EqualTo(new PutResult(first, IsNew: false)), "The same once more");
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(first));
    }

    [Test]
    public async Task Keeps_keys_apart([Values("", "$k", "K", "k ", "a.b", "' OR '1'='1", "a/b/c/d", "花 \"\\\n", "a\0b")] string key)
    {
        var (other, _) = await Records.PutIfAbsentAsync(samples.Record());

        var (record, isNew) = await Records.PutIfAbsentAsync(samples.Record(2, key));

        Assert.That(isNew, Is.True);
        Assert.That(await Records.PutIfAbsentAsync(samples.Record(3, key)), Is.EqualTo(new PutResult(record, IsNew: false)));
        Assert.That(await Records.FindAsync(kind, key), Is.EqualTo(record));
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(other));
    }

    [Test]
    public async Task Keeps_kinds_apart()
    {
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record());

        foreach (var other in RecordSamples.Kinds.Except([kind]))
        {
            Assert.That(await Records.FindAsync(other, "k"), Is.Null);
            Assert.That((await Records.PutIfAbsentAsync(new RecordSamples(other).Record(2))).IsNew, Is.True);
            await Records.RemoveAsync(other, "k", record.Version!);
        }

        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(record));
    }

    [Test]
    public async Task Stores_one_of_many_that_come_at_once([Values] bool isSame)
    {
        using var second = store.StartHost();
        var hosts = new[] { store.Host, second };

        var puts = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Task.Run(() => hosts[i % 2].Records.PutIfAbsentAsync(samples.Record(isSame ? 1 : i)))));

        var winner = puts.Single(put => put.IsNew).Record;
        Assert.That(puts.Select(put => put.Record), Is.All.EqualTo(winner));
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(winner));
    }

    [Test]
    public async Task Lets_one_of_many_replace_a_record([Values] bool isSame)
    {
        using var second = store.StartHost();
        var hosts = new[] { store.Host, second };
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record(100));

        var puts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            hosts[i % 2].Records.PutIfVersionAsync(record with { Content = samples.Record(isSame ? 1 : i).Content }))));

        Assert.That(puts.Count(put => put is not null), Is.EqualTo(1));
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(puts.Single(put => put is not null)));
    }

    [Test]
    public async Task Replaces_each_version_once()
    {
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record());
        var versions = new List<StoredRecord> { record };
        for (var i = 0; i < 6; i++)
        {
            // The same content every other time.
            var next = await Records.PutIfVersionAsync(versions[^1] with { Content = samples.Record(i % 2).Content });
            Assert.That(next, Is.Not.Null);
            Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(next));
            versions.Add(next!);
        }

        Assert.That(versions.Select(version => version.Version), Is.Unique);
        foreach (var earlier in versions[..^1])
        {
            Assert.That(await Records.PutIfVersionAsync(earlier), Is.Null);
            await Records.RemoveAsync(kind, "k", earlier.Version!);
            Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(versions[^1]));
        }
    }

    [Test]
    public async Task Replaces_all_of_a_record()
    {
        var expiry = store.Time.GetUtcNow().AddHours(1);
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record() with { Attachment = [1], ExpiresAt = expiry });

        var other = await Records.PutIfVersionAsync(
            samples.Record(2) with { Version = record.Version, Attachment = [], ExpiresAt = expiry.AddMilliseconds(1) });
        var found = await Records.FindAsync(kind, "k");
        Assert.That(found!.Attachment, Is.EqualTo(Array.Empty<byte>()));
        Assert.That(found with { Attachment = other!.Attachment }, Is.EqualTo(other));

        var last = await Records.PutIfVersionAsync(samples.Record(3) with { Version = other.Version });
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(last));
    }

    [Test]
    public async Task Does_not_take_a_record_that_was_made_anew_for_the_old_one()
    {
        var (old, _) = await Records.PutIfAbsentAsync(samples.Record());
        await Records.RemoveAsync(kind, "k", old.Version!);
        Assert.That(await Records.FindAsync(kind, "k"), Is.Null);
        Assert.That(await Records.PutIfVersionAsync(old), Is.Null, "There is none");

        var (record, isNew) = await Records.PutIfAbsentAsync(samples.Record());

        Assert.That(isNew, Is.True);
        Assert.That(await Records.PutIfVersionAsync(old), Is.Null);
        await Records.RemoveAsync(kind, "k", old.Version!);
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(record));
    }

    [Test]
    public async Task Keeps_attachments_of_some_MiB_to_the_byte()
    {
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record());
        var bytes = new byte[9 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        var put = await Records.PutIfVersionAsync(record with { Attachment = bytes });

        var (present, _) = await Records.PutIfAbsentAsync(samples.Record(2));
        Assert.That(present.Attachment.AsSpan().SequenceEqual(bytes), Is.True);
        Assert.That(present with { Attachment = null }, Is.EqualTo(put! with { Attachment = null }));
    }

    [Test]
    public async Task Shows_at_once_what_another_process_wrote()
    {
        using var second = store.StartHost();
        var (record, _) = await Records.PutIfAbsentAsync(samples.Record());
        Assert.That(await second.Records.FindAsync(kind, "k"), Is.EqualTo(record));

        var next = await second.Records.PutIfVersionAsync(record with { Content = samples.Record(2).Content });
        Assert.That(await Records.FindAsync(kind, "k"), Is.EqualTo(next));
        Assert.That(await Records.PutIfVersionAsync(record), Is.Null);

        using var restarted = store.StartHost();
        Assert.That(await restarted.Records.FindAsync(kind, "k"), Is.EqualTo(next));
    }
}
