using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

public sealed class MongoRecordTests
{
    [TestCase("records", """{"expiresAt":1}""", true)]
    [TestCase("idempotencykeys", """{"expiresAt":1}""", true)]
    [TestCase("records", """{"_id.kind":1,"dueAt":1}""", false)]
    public async Task Has_an_index(string collection, string keys, bool expires)
    {
        await using var store = await EmptyStore.StartAsync(StoreKind.MongoDb);
        for (var tries = 0; ; tries++)
        {
            var indexes = await (await store.Database.Database.GetCollection<BsonDocument>(collection).Indexes.ListAsync()).ToListAsync();
            if (indexes.Find(index => index["key"] == BsonDocument.Parse(keys)) is { } index)
            {
                Assert.That(index.GetValue("expireAfterSeconds", null)?.ToInt32(), Is.EqualTo(expires ? 0 : null));
                return;
            }

            Assert.That(tries, Is.LessThan(100), "It is made in the background");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    [Test]
    public async Task Keeps_records_of_new_kinds_in_one_collection()
    {
        await using var store = await EmptyStore.StartAsync(StoreKind.MongoDb);
        var now = store.Time.GetUtcNow();
        await store.Host.Records.PutIfAbsentAsync(
            new RecordSamples(RecordSamples.Due).Record() with { Attachment = [1], ExpiresAt = now.AddHours(1), DueAt = now });

        var document = await store.Database.Database.GetCollection<BsonDocument>("records")
            .Find(MongoTestDatabase.NotOfPublisher).SingleAsync();

        Assert.That(document["version"].IsObjectId, Is.True);
        document.Remove("version");
        Assert.That(document, Is.EqualTo(new BsonDocument
        {
            { "_id", new BsonDocument { { "kind", "reminders" }, { "key", "k" } } },
            { "content", """{"$a.b":[1,null,{"c":"' OR '1'='1"}]}""" },
            { "attachment", new BsonBinaryData([1]) },
            { "dueAt", new BsonDateTime(now.ToUnixTimeMilliseconds()) },
            { "expiresAt", new BsonDateTime(now.AddHours(1).ToUnixTimeMilliseconds()) },
        }));
    }
}
