using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every <see cref="IIdempotencyRecords"/> keeps.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class IdempotencyRecordsTests(StoreKind kind)
{
    /// <summary>Not in the past, since a server removes by its own clock what has expired.</summary>
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private EmptyStore store = null!;

    private IIdempotencyRecords Records => store.Host.IdempotencyRecords;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(kind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Takes_in_the_first_record_of_a_key_and_tells_of_it()
    {
        var first = Record("john/createIssue//k");

        Assert.That(await Records.AddAsync(first, Now), Is.Null);
        Assert.That(await Records.AddAsync(Record(first.Key), Now), Is.EqualTo(first));
        Assert.That(await Records.AddAsync(Record("john/createIssue//K"), Now), Is.Null);
        Assert.That(await Records.AddAsync(Record("john/createIssue//k "), Now), Is.Null);
    }

    [Test]
    public async Task Takes_in_one_of_many_that_come_at_once()
    {
        var records = Enumerable.Range(0, 32).Select(_ => Record("k")).ToList();

        var present = await Task.WhenAll(records.Select(record => Task.Run(() => Records.AddAsync(record, Now))));

        var winner = records[Array.IndexOf(present, null)];
        Assert.That(present.Count(record => record is null), Is.EqualTo(1));
        Assert.That(present.OfType<IdempotencyRecord>(), Is.All.EqualTo(winner));
    }

    [Test]
    public async Task Takes_an_expired_record_for_none()
    {
        var old = Record("k") with { ExpiresAt = Now.AddHours(1), Answer = [1] };
        await Records.AddAsync(old, Now);
        var next = Record("k");

        Assert.That((await Records.AddAsync(next, old.ExpiresAt.AddMilliseconds(-1)))?.TargetId, Is.EqualTo(old.TargetId));
        Assert.That(await Records.AddAsync(next, old.ExpiresAt), Is.Null);
        Assert.That((await Records.AddAsync(Record("k"), old.ExpiresAt))?.TargetId, Is.EqualTo(next.TargetId));
    }

    [Test]
    public async Task Takes_in_one_of_many_in_the_place_of_an_expired_one()
    {
        var old = Record("k") with { ExpiresAt = Now.AddHours(1) };
        await Records.AddAsync(old, Now);

        var present = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Records.AddAsync(Record("k"), old.ExpiresAt))));

        Assert.That(present.Count(record => record is null), Is.EqualTo(1));
        Assert.That(present.OfType<IdempotencyRecord>().Select(record => record.TargetId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(present.Select(record => record?.TargetId), Has.None.EqualTo(old.TargetId));
    }

    [Test]
    public async Task Keeps_answers_of_some_MiB_to_the_byte()
    {
        var record = Record("k");
        await Records.AddAsync(record, Now);
        var answer = new byte[9 * 1024 * 1024];
        new Random(1).NextBytes(answer);

        Assert.That(await Records.TryReplaceAsync(record, record with { Answer = answer, ExpiresAt = Now.AddHours(25) }), Is.True);

        var present = await Records.AddAsync(Record("k"), Now);
        Assert.That(present!.Answer.AsSpan().SequenceEqual(answer), Is.True);
        Assert.That(present with { Answer = null }, Is.EqualTo(record with { ExpiresAt = Now.AddHours(25) }));
    }

    [Test]
    public async Task Replaces_and_removes_only_what_is_as_it_was()
    {
        var record = Record("k");
        await Records.AddAsync(record, Now);
        var taken = record with { LeaseUntil = record.LeaseUntil.AddSeconds(60) };
        IdempotencyRecord[] others = [record with { Key = "K" }, record with { TargetId = EntityId.New(Now) }, taken];
        foreach (var other in others)
        {
            Assert.That(await Records.TryReplaceAsync(other, other with { Answer = [1] }), Is.False);
            await Records.RemoveAsync(other);
        }

        Assert.That(await Records.AddAsync(Record("k"), Now), Is.EqualTo(record));
        Assert.That(await Records.TryReplaceAsync(record, taken), Is.True);
        Assert.That(await Records.TryReplaceAsync(record, record with { Answer = [1] }), Is.False);
        await Records.RemoveAsync(record);
        Assert.That(await Records.AddAsync(Record("k"), Now), Is.EqualTo(taken));
        await Records.RemoveAsync(taken);
        Assert.That(await Records.AddAsync(Record("k"), Now), Is.Null);
    }

    [Test]
    public async Task Replaces_all_of_a_record()
    {
        var record = Record("k");
        await Records.AddAsync(record, Now);
        var other = record with { Fingerprint = "other", TargetId = EntityId.New(Now), LeaseUntil = Now.AddSeconds(7), ExpiresAt = Now.AddHours(25) };

        Assert.That(await Records.TryReplaceAsync(record, other), Is.True);

        Assert.That(await Records.AddAsync(Record("k"), Now), Is.EqualTo(other));
    }

    [Test]
    public async Task Lets_one_of_many_take_a_record_over()
    {
        var record = Record("k");
        await Records.AddAsync(record, Now);

        var taken = await Task.WhenAll(Enumerable.Range(1, 16).Select(i =>
            Task.Run(() => Records.TryReplaceAsync(record, record with { LeaseUntil = record.LeaseUntil.AddSeconds(i) }))));

        Assert.That(taken.Count(done => done), Is.EqualTo(1));
    }

    [Test]
    public async Task Takes_any_text_for_a_key([Values("", "$k", "a.b", "' OR '1'='1", "a/b/c/d", "花", "a\0b")] string key)
    {
        var record = Record(key);

        Assert.That(await Records.AddAsync(record, Now), Is.Null);
        Assert.That(await Records.AddAsync(Record(key), Now), Is.EqualTo(record));
    }

    private static IdempotencyRecord Record(string key) => new()
    {
        Key = key,
        Fingerprint = "f",
        TargetId = EntityId.New(Now),
        LeaseUntil = Now.AddSeconds(60),
        ExpiresAt = Now.AddHours(24),
    };
}
