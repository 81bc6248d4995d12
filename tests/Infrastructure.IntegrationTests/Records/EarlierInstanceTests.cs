using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>
/// Instances of the version that had no records run beside on the same MongoDB. Its filters and documents are repeated here: it finds a
/// key by its target and lease, and tokens by their version.
/// </summary>
public sealed class EarlierInstanceTests
{
    private const string Key = "john/createIssue//k";
    private static readonly string Target = $"{1:x24}";

    private EmptyStore store = null!;

    private IRecordStore Records => store.Host.Records;

    private DateTimeOffset Now => store.Time.GetUtcNow();

    private IMongoCollection<BsonDocument> Keys => store.Database.Database.GetCollection<BsonDocument>("idempotencykeys");

    private IMongoCollection<BsonDocument> Tokens => store.Database.Database.GetCollection<BsonDocument>("tiktokshoptokens");

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(StoreKind.MongoDb);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task A_key_has_the_shape_that_they_read()
    {
        var (record, _) = await Records.PutIfAbsentAsync(KeyRecord(Now));
        var document = await Keys.Find(new BsonDocument("_id", Key)).SingleAsync();
        document.Remove("version");
        Assert.That(document, Is.EquivalentTo(KeyDocument(Now)));

        await Records.PutIfVersionAsync(record with { Attachment = [1] });
        document = await Keys.Find(Same(Now)).SingleAsync();
        document.Remove("version");
        Assert.That(document, Is.EquivalentTo(KeyDocument(Now, [1])));
    }

    [Test]
    public async Task The_issue_of_a_ticket_has_the_shape_that_they_read()
    {
        await Records.PutIfAbsentAsync(new StoredRecord
        {
            Kind = RecordKinds.TicketIssues,
            Key = "freshdesk/18363",
            Content = $$"""{"targetId":"{{Target}}"}""",
            ExpiresAt = Now.AddHours(24),
        });

        var document = await Keys.Find(new BsonDocument("_id", "/(ticket)/freshdesk/18363")).SingleAsync();

        document.Remove("version");
        Assert.That(document, Is.EquivalentTo(
            EarlierStore.KeyDocument("/(ticket)/freshdesk/18363", "", Target, DateTimeOffset.UnixEpoch, Now.AddHours(24))));
    }

    [Test]
    public async Task They_complete_and_remove_what_this_version_wrote()
    {
        var (record, _) = await Records.PutIfAbsentAsync(KeyRecord(Now));

        Assert.That((await Keys.ReplaceOneAsync(Same(Now), KeyDocument(Now, [1]))).MatchedCount, Is.EqualTo(1));

        Assert.That(await Records.PutIfVersionAsync(record with { Attachment = [2] }), Is.Null);
        await Records.RemoveAsync(RecordKinds.Idempotency, Key, record.Version!);
        var found = await Records.FindAsync(RecordKinds.Idempotency, Key);
        Assert.That((found!.Content, found.Attachment), Is.EqualTo((record.Content, new byte[] { 1 })));
        Assert.That((await Keys.DeleteOneAsync(Same(Now))).DeletedCount, Is.EqualTo(1));
        Assert.That(await Records.FindAsync(RecordKinds.Idempotency, Key), Is.Null);
    }

    [Test]
    public async Task They_do_not_complete_what_this_version_took_over()
    {
        await Keys.InsertOneAsync(KeyDocument(Now));
        var present = (await Records.PutIfAbsentAsync(KeyRecord(Now.AddHours(1), target: 2))).Record;

        Assert.That(await Records.PutIfVersionAsync(present with { Content = KeyRecord(Now.AddMinutes(1)).Content }), Is.Not.Null);

        Assert.That((await Keys.ReplaceOneAsync(Same(Now), KeyDocument(Now, [1]))).MatchedCount, Is.Zero);
        Assert.That((await Keys.ReplaceOneAsync(Same(Now.AddMinutes(1)), KeyDocument(Now, [1]))).MatchedCount, Is.EqualTo(1));
    }

    /// <summary>They know of no version, so that it is told from what they wrote.</summary>
    [TestCase(60, 24, false)]
    [TestCase(0, 25, false)]
    [TestCase(0, 25, true)]
    public async Task What_they_wrote_is_not_taken_for_what_they_write_next(int leaseSeconds, int hours, bool isAnswered)
    {
        await Keys.InsertOneAsync(KeyDocument(Now));
        var present = (await Records.FindAsync(RecordKinds.Idempotency, Key))!;

        var next = EarlierStore.KeyDocument(Key, "f", Target, Now.AddSeconds(leaseSeconds), Now.AddHours(hours), isAnswered ? [1] : null);
        await Keys.ReplaceOneAsync(Same(Now), next);

        Assert.That(await Records.PutIfVersionAsync(present), Is.Null);
        await Records.RemoveAsync(RecordKinds.Idempotency, Key, present.Version!);
        present = (await Records.FindAsync(RecordKinds.Idempotency, Key))!;
        Assert.That(await Records.PutIfVersionAsync(present), Is.Not.Null);
    }

    [Test]
    public async Task They_take_an_expired_key_for_none_and_no_other([Values] bool isExpired)
    {
        await Records.PutIfAbsentAsync(KeyRecord(Now));
        var now = new BsonDateTime((isExpired ? Now.AddHours(24) : Now).ToUnixTimeMilliseconds());
        var expired = new BsonDocument { { "_id", Key }, { "expiresAt", new BsonDocument("$lte", now) } };

        var put = () => Keys.ReplaceOneAsync(expired, KeyDocument(Now), new ReplaceOptions { IsUpsert = true });

        if (isExpired)
        {
            Assert.That((await put()).MatchedCount, Is.EqualTo(1));
        }
        else
        {
            Assert.That(put, Throws.TypeOf<MongoWriteException>());
        }
    }

    [Test]
    public async Task Tokens_go_from_version_to_version_on_both_sides()
    {
        Assert.That((await Records.PutIfAbsentAsync(TokenRecord("a1"))).IsNew, Is.True);
        Assert.That(await WriteAsync("a2", 2), Is.True);
        Assert.That(await WriteAsync("a2", 2), Is.False);

        var second = (await Records.FindAsync(RecordKinds.TikTokShopTokens, "shop"))!;
        Assert.That(second.Content, Is.EqualTo(TokenRecord("a2").Content));
        var third = await Records.PutIfVersionAsync(second with { Content = TokenRecord("a3").Content });
        Assert.That(await Records.PutIfVersionAsync(second), Is.Null);
        var document = await Tokens.Find(new BsonDocument("_id", "shop")).SingleAsync();
        Assert.That(document["write"].AsGuid, Is.Not.EqualTo(Guid.Empty));
        document.Remove("write");
        Assert.That(document, Is.EquivalentTo(
            new BsonDocument { { "_id", "shop" }, { "accessToken", "a3" }, { "refreshToken", "r" }, { "version", 3L } }));

        Assert.That(await WriteAsync("x", 3), Is.False);
        Assert.That(await WriteAsync("a4", 4), Is.True);
        Assert.That(await Records.PutIfVersionAsync(third!), Is.Null);
        Assert.That((await Records.FindAsync(RecordKinds.TikTokShopTokens, "shop"))!.Content, Is.EqualTo(TokenRecord("a4").Content));

        // Their first ones, where this version wrote some already.
        Assert.That(() => WriteAsync("x", 1), Throws.TypeOf<MongoWriteException>());
    }

    private static StoredRecord TokenRecord(string accessToken) => new()
    {
        Kind = RecordKinds.TikTokShopTokens,
        Key = "shop",
        Content = $$"""{"accessToken":"{{accessToken}}","refreshToken":"r"}""",
    };

    private static BsonDocument Same(DateTimeOffset leaseUntil) => new()
    {
        { "_id", Key }, { "targetId", ObjectId.Parse(Target) }, { "leaseUntil", new BsonDateTime(leaseUntil.ToUnixTimeMilliseconds()) },
    };

    private StoredRecord KeyRecord(DateTimeOffset leaseUntil, int target = 1) => new()
    {
        Kind = RecordKinds.Idempotency,
        Key = Key,
        Content = $$"""{"fingerprint":"f","targetId":"{{target:x24}}","leaseUntil":{{leaseUntil.ToUnixTimeMilliseconds()}}}""",
        ExpiresAt = Now.AddHours(24),
    };

    private BsonDocument KeyDocument(DateTimeOffset leaseUntil, byte[]? answer = null) =>
        EarlierStore.KeyDocument(Key, "f", Target, leaseUntil, Now.AddHours(24), answer);

    private async Task<bool> WriteAsync(string accessToken, long version)
    {
        var result = await Tokens.ReplaceOneAsync(
            new BsonDocument { { "_id", "shop" }, { "version", version - 1 } },
            EarlierStore.TokenDocument("shop", accessToken, "r", null, version),
            new ReplaceOptions { IsUpsert = version == 1 });
        return result.MatchedCount == 1 || result.UpsertedId is not null;
    }
}
