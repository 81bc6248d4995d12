using System.Globalization;
using System.Text.Json.Nodes;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>What another program stored in another type is shown as what it means, can be changed, and is repaired by the command.</summary>
public sealed class OddDocumentTests
{
    private static int lastNumber = 1_700_000;
    private static Service? service;

    private static Api Api => service!.Api;

    private static IMongoCollection<BsonDocument> Stored =>
        new MongoClient(service!.MongoDb).GetDatabase(new MongoUrl(service.MongoDb).DatabaseName).GetCollection<BsonDocument>("orderissues");

    [OneTimeSetUp]
    public static void Start() => service = Service.On(StoreKind.MongoDb);

    [OneTimeTearDown]
    public static void Stop() => service?.Dispose();

    [TestCase("""{ "createdAt": "2025-11-20T10:00:00Z" }""", """{ "createdAt": "2025-11-20T10:00:00.000Z" }""")]
    [TestCase("""{ "createdAt": { "$numberLong": "1763632800000" }, "shipped_at": 1763632800 }""", """{ "createdAt": "2025-11-20T10:00:00.000Z", "shipped_at": "2025-11-20T10:00:00.000Z" }""")]
    [TestCase("""{ "createdAt": "1763632800000", "customerReachedAt": 0 }""", """{ "createdAt": "2025-11-20T10:00:00.000Z", "customerReachedAt": null }""")]
    [TestCase("""{ "trackingNumber": "T1", "status": 5 }""", """{ "trackingNumber": ["T1"], "status": "5" }""")]
    [TestCase("""{ "trackingNumber": 123456789012 }""", """{ "trackingNumber": ["123456789012"] }""")]
    [TestCase("""{ "trackingNumber": "", "ticketId": { "$numberDecimal": "1.6E+6" } }""", """{ "trackingNumber": [], "ticketId": "1600000" }""")]
    [TestCase("""{ "trackingNumber": [1600001.0, { "a": 1 }, null, "T2"] }""", """{ "trackingNumber": ["1600001", "T2"] }""")]
    [TestCase("""{ "items": { "sku": "a", "qty": "2" } }""", """{ "items": [{ "sku": "a", "qty": 2 }] }""")]
    [TestCase("""{ "items": ["MUG", null, { "sku": 5, "qty": 1 }, true, [7]] }""", """{ "items": [{ "sku": "MUG", "qty": 0 }, { "sku": "5", "qty": 1 }] }""")]
    [TestCase("""{ "items": { "odd": 1 }, "discussion": { "odd": 1 }, "_history": 5 }""", """{ "items": [], "discussion": [] }""")]
    [TestCase("""{ "discussion": { "userName": "a", "message": "b", "created_at": 1763632800 } }""", """{ "discussion": [{ "userName": "a", "message": "b", "created_at": "2025-11-20T10:00:00.000Z" }] }""")]
    [TestCase("""{ "discussion": [null, 7, { "userName": "a", "message": "b", "created_at": "2025-11-20" }] }""", null, "b")]
    [TestCase("""{ "discussion": "Hello" }""", null, "Hello")]
    [TestCase("""{ "OrderId": { "odd": 1 }, "__v": "2.0" }""", """{ "OrderId": "", "__v": 2 }""")]
    [TestCase("""{ "OrderId": 1.1e15, "picker": true }""", """{ "OrderId": "1100000000000000", "picker": null }""")]
    public async Task Is_shown_as_what_it_means(string fields, string? expected, string? lastMessage = null)
    {
        var number = await InsertAsync(fields);

        var answers = new[]
        {
            (await Api.GetAsync($"/api/order-issue/{number}")).Succeeded().Data,
            (await Api.GetAsync($"/api/order-issue?issueId={number}")).Issues.Single()!,
            (await Api.GetAsync($"/api/order-issue/export?format=ndjson&issueId={number}")).Issues.Single()!,
        };
        foreach (var data in answers)
        {
            foreach (var (field, value) in expected is null ? [] : JsonNode.Parse(expected)!.AsObject())
            {
                Assert.That(data[field]?.ToJsonString(), Is.EqualTo(value?.ToJsonString()), field);
            }

            Assert.That(lastMessage is null ? null : (string?)data["discussion"]!.AsArray()[^1]!["message"], Is.EqualTo(lastMessage));
        }

        await ChangeAsync(number);
    }

    [TestCase("""{ "issueId": 1699001 }""", "1699001")]
    [TestCase("""{ "issueId": { "$numberDecimal": "1.699002E+6" } }""", "1699002")]
    [TestCase("""{ "issueId": 1699003.0 }""", "1699003")]
    public async Task Is_found_by_a_number_in_any_form(string fields, string number)
    {
        await Stored.InsertOneAsync(BsonDocument.Parse(fields).Add("OrderId", "N-1"));

        Assert.That((await Api.GetAsync($"/api/order-issue/{number}")).Succeeded().IssueId, Is.EqualTo(number));
    }

    /// <summary>Each change is made, and everything else stays as it was shown.</summary>
    private static async Task ChangeAsync(int number)
    {
        var path = $"/api/order-issue/{number}";
        var before = (await Api.GetAsync(path)).Data;
        var order = Uri.EscapeDataString((string)before["OrderId"]!);
        if (order.Length > 0)
        {
            (await Api.PutAsync($"/api/order-issue/discussion/{order}?issueId={number}", """{ "username": "Jane", "message": "said" }""")).Succeeded();
            (await Api.PutAsync($"/api/order-issue/update/{order}?issueId={number}", """{ "status": "pending" }""")).Succeeded();
        }

        (await Api.SendAsync(HttpMethod.Patch, path, """{ "packer": "Ann", "trackingNumber": ["T9"] }""")).Succeeded();

        var after = (await Api.GetAsync(path)).Data;
        Assert.That((string?)after["packer"], Is.EqualTo("Ann"));
        Assert.That(after["trackingNumber"]!.ToJsonString(), Is.EqualTo("""["T9"]"""));
        var messages = after["discussion"]!.AsArray().Select(message => message!.ToJsonString()).ToList();
        Assert.That(messages.Take(before["discussion"]!.AsArray().Count), Is.EqualTo(before["discussion"]!.AsArray().Select(message => message!.ToJsonString())));
        Assert.That(messages.Count(message => message.Contains("said", StringComparison.Ordinal)), Is.EqualTo(order.Length > 0 ? 1 : 0));
        foreach (var field in before.Select(member => member.Key).Except(["packer", "trackingNumber", "discussion", "status", "updatedAt", "__v", "issueResolvedAt"]))
        {
            Assert.That(after[field]?.ToJsonString(), Is.EqualTo(before[field]?.ToJsonString()), field);
        }

        Assert.That((await Api.GetAsync($"{path}/history")).Succeeded().Body["data"]!.AsArray(), Has.Count.EqualTo(order.Length > 0 ? 3 : 1));
    }

    private static async Task<int> InsertAsync(string fields)
    {
        var number = Interlocked.Increment(ref lastNumber);
        var document = BsonDocument.Parse(fields).Add("issueId", number.ToString(CultureInfo.InvariantCulture));
        await Stored.InsertOneAsync(document.Add("OrderId", $"O-{number}", !document.Contains("OrderId")));
        return number;
    }
}
