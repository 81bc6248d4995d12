using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Repairs;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Documents in another form than the schema's are brought into it, and nothing else is touched.</summary>
public sealed class MongoRepairTests
{
    private const string Date = """{ "$date": "2025-11-20T10:00:00Z" }""";
    private const string InUse = "another issue has its number";
    private const string Nested = """{ "a": 1 }""";
    private static readonly BsonDocument All = [];
    private EmptyStore? store;

    private MongoTestDatabase Database => store!.Database;

    private StoreHost Host => store!.Host;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(StoreKind.MongoDb);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("issueId", "1600001", "\"1600001\"", "int to digits")]
    [TestCase("issueId", """{ "$numberDouble": "1600001.0" }""", "\"1600001\"", "Double to digits")]
    [TestCase("issueId", """{ "$numberDecimal": "1.600001E+6" }""", "\"1600001\"", "decimal to digits")]
    [TestCase("issueId", "\" 1600001\\u3000\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"01600001\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"000000000000000000001600001\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"1600001\\n\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"1600001.0\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"\\ufeff1600001\"", "\"1600001\"", "text to digits")]
    [TestCase("issueId", "\"00\"", "\"0\"", "text to digits")]
    [TestCase("OrderId", """{ "$numberLong": "1110944945398985" }""", "\"1110944945398985\"", "long to text")]
    [TestCase("OrderId", """{ "$numberDouble": "1.1E+20" }""", "\"110000000000000000000\"", "Double to text")]
    [TestCase("ticketId", "18362", "\"18362\"", "int to text")]
    [TestCase("status", "5", "\"5\"", "int to text")]
    [TestCase("packer", "1.5", "\"1.5\"", "Double to text")]
    [TestCase("createdBy", """{ "$oid": "6560f1c2a4b5c6d7e8f90123" }""", "\"6560f1c2a4b5c6d7e8f90123\"", "ObjectId to text")]
    [TestCase("createdAt", "\"2025-11-20T10:00:00Z\"", Date, "text to date")]
    [TestCase("updatedAt", "\"2025-11-20T12:00:00.000+02:00\"", Date, "text to date")]
    [TestCase("shipped_at", """{ "$numberLong": "1763632800000" }""", Date, "long to date")]
    [TestCase("customerReachedAt", """{ "$numberDouble": "1763632800000" }""", Date, "Double to date")]
    [TestCase("issueResolvedAt", "1763632800", Date, "int to date")]
    [TestCase("createdAt", "\"1763632800000\"", Date, "text to date")]
    [TestCase("createdAt", "\"2025-11-20\"", """{ "$date": "2025-11-20T00:00:00Z" }""", "text to date")]
    [TestCase("__v", """{ "$numberDouble": "3.0" }""", "3", "Double to int")]
    [TestCase("__v", """{ "$numberLong": "3" }""", "3", "long to int")]
    [TestCase("__v", "\"3\"", "3", "text to int")]
    [TestCase("trackingNumber", "\"T1\"", """["T1"]""", "text to list")]
    [TestCase("trackingNumber", "7", """["7"]""", "int to list|trackingNumber: int to text")]
    [TestCase("trackingNumber", """[7, "T1", null]""", """["7", "T1", null]""", "int to text")]
    [TestCase("items", """{ "sku": "a", "qty": 1, "odd": true }""", """[{ "sku": "a", "qty": 1, "odd": true }]""", "object to list")]
    [TestCase("items", """{ "sku": 5, "qty": "2" }""", """[{ "sku": "5", "qty": 2 }]""", "object to list|items.qty: text to int|items.sku: int to text")]
    [TestCase("items", "\"MUG\"", """[{ "sku": "MUG" }]""", "text to list|items: text to object")]
    [TestCase("items", """[{ "_id": 7, "sku": "a", "qty": " 2 " }, { "sku": "b", "qty": 3.0 }]""", """[{ "_id": 7, "sku": "a", "qty": 2 }, { "sku": "b", "qty": 3.0 }]""", null, "items.qty: text to int")]
    [TestCase("items", """["MUG", null]""", """[{ "sku": "MUG" }, null]""", "text to object")]
    [TestCase("discussion", """{ "message": "b", "created_at": "2025-11-20T10:00:00Z" }""", $$"""[{ "message": "b", "created_at": {{Date}} }]""", "object to list|discussion.created_at: text to date")]
    [TestCase("discussion", """["Hello"]""", """[{ "message": "Hello" }]""", "text to object")]
    [TestCase("discussion", """[{ "_id": 7, "message": 5, "created_at": 1763632800 }]""", $$"""[{ "_id": 7, "message": "5", "created_at": {{Date}} }]""", null, "discussion.created_at: int to date|discussion.message: int to text")]
    [TestCase("OrderId", "\"A\u200b-1\ufeff \"", "\"A-1\"", "format characters")]
    [TestCase("ticketId", "\"\U000e00201\"", "\"1\"", "format characters")]
    [TestCase("customerEmail", "\"\u202ejosh@example.com\"", "\"josh@example.com\"", "format characters")]
    [TestCase("trackingNumber", "[\"T1\", \"T\u00ad2\"]", """["T1", "T2"]""", "format characters")]
    [TestCase("items", "[{ \"sku\": \"a\u2060b\", \"qty\": 1 }]", """[{ "sku": "ab", "qty": 1 }]""", null, "items.sku: format characters")]
    public async Task Brings_into_the_schema_what_is_understood(string field, string stored, string repaired, string? kinds, string? kindsBelow = null)
    {
        var document = Issue(field, stored);
        await Database.Issues.InsertOneAsync(document);
        var before = (await FindAsync())!;
        string[] expected = kinds is null ? kindsBelow!.Split('|') : $"{field}: {kinds}".Split('|');

        var told = (await Host.RepairAsync(apply: false)).Single();
        Assert.That((told.Id, told.Obstacle, told.NotUnderstood), Is.EqualTo((document["_id"].ToString(), (string?)null, Array.Empty<string>())));
        Assert.That(told.Changes, Is.EquivalentTo(expected));
        Assert.That(await StoredAsync(), Is.EqualTo(document), "told only");

        Assert.That((await Host.RepairAsync(apply: true)).Single().Changes, Is.EquivalentTo(expected));

        Assert.That(await StoredAsync(), Is.EqualTo(document.Set(field, Value(repaired))), "neither other fields nor other values of this one");
        Assert.That(await Host.RepairAsync(apply: true), Is.Empty);
        var after = (await FindAsync())!;
        if (!expected.Any(kind => kind.EndsWith("format characters", StringComparison.Ordinal) || kind == "issueId: text to digits"))
        {
            Assert.That(IssueField.All.Select(one => one.Get(after)), Is.EqualTo(IssueField.All.Select(one => one.Get(before))), "shown as before");
        }
    }

    [TestCase("issueId", "1600023.5", "issueId: Double")]
    [TestCase("issueId", "-5", "issueId: int")]
    [TestCase("issueId", "\"-5\"", "issueId: text")]
    [TestCase("issueId", "\"1600023.5\"", "issueId: text")]
    [TestCase("issueId", "\" 1600001 2\"", "issueId: text")]
    [TestCase("issueId", "\"ISSUE-7\"", "issueId: text")]
    [TestCase("issueId", """{ "$oid": "6560f1c2a4b5c6d7e8f90123" }""", "issueId: ObjectId")]
    [TestCase("status", Nested, "status: object")]
    [TestCase("status", """["open"]""", "status: list")]
    [TestCase("packer", "true", "packer: Boolean")]
    [TestCase("OrderId", """{ "$numberDouble": "NaN" }""", "OrderId: Double")]
    [TestCase("OrderId", "\"\u200b\"", "OrderId: text")]
    [TestCase("createdAt", "\"yesterday\"", "createdAt: text")]
    [TestCase("createdAt", "0", "createdAt: int")]
    [TestCase("createdAt", "20251120", "createdAt: int")]
    [TestCase("shipped_at", "true", "shipped_at: Boolean")]
    [TestCase("__v", "1.5", "__v: Double")]
    [TestCase("items", """{ "0": { "sku": "a" } }""", "items: object")]
    [TestCase("items", "true", "items: Boolean")]
    [TestCase("items", """[{ "sku": ["a"], "qty": "2.5" }]""", "items.qty: text|items.sku: list")]
    [TestCase("trackingNumber", """[{ "a": 1 }]""", "trackingNumber: object")]
    [TestCase("discussion", """[{ "message": "a", "created_at": "soon" }]""", "discussion.created_at: text")]
    [TestCase("_id", "\"text\"", "_id: text")]
    public async Task Leaves_alone_and_names_what_is_not_understood(string field, string stored, string kinds)
    {
        var document = Issue(field, stored);
        await Database.Issues.InsertOneAsync(document);

        foreach (var apply in new[] { false, true })
        {
            var found = (await Host.RepairAsync(apply)).Single();
            Assert.That((found.Id, found.IsChanged, found.Changes), Is.EqualTo((document["_id"].ToString(), false, Array.Empty<string>())));
            Assert.That(found.NotUnderstood, Is.EqualTo(kinds.Split('|')));
        }

        Assert.That((await StoredAsync()).ToJson(), Is.EqualTo(document.ToJson()));
    }

    [TestCase("""{ }""")]
    [TestCase("""{ "createdAt": null, "items": null, "trackingNumber": "", "discussion": [], "status": "", "notes": null, "shipped_at": "" }""")]
    [TestCase("""{ "items": [{ "sku": "a", "qty": 1 }, { "sku": "b", "qty": 2.0 }, { "sku": "c", "qty": { "$numberLong": "3" } }, null, { }] }""")]
    [TestCase("""{ "issueId": "9223372036854775807" }""")]
    [TestCase("""{ "notes": "soft\u00adhyphen", "customerName": "\u200dzero" }""")]
    public async Task Finds_nothing_to_do_where_there_is_nothing(string fields)
    {
        await Database.Issues.InsertOneAsync(BsonDocument.Parse(fields));

        Assert.That(await Host.RepairAsync(apply: true), Is.Empty);
    }

    /// <summary>A field that is new needs its type in the table.</summary>
    [Test]
    public async Task Finds_nothing_to_do_in_what_the_service_writes()
    {
        var details = IssueFactory.FullDetails();
        var (issue, _) = await Host.Store.AddAsync(OrderIssue.Open(details, IssueFactory.Statuses, IssueFactory.Now), default);
        await Host.Store.TryChangeAsync(issue.AddMessage("John", "Hello", IssueFactory.Now, EntityId.New(IssueFactory.Now)), default);
        await Host.Store.TryChangeAsync((await FindAsync())!.ChangeStatus("done", "Jane", IssueFactory.Statuses, IssueFactory.Now), default);

        Assert.That(await Host.RepairAsync(apply: true), Is.Empty);
    }

    /// <summary>What the server is asked for is made of the same table as what is done.</summary>
    [Test]
    public async Task Overlooks_none()
    {
        string[] values =
        [
            "5", "5.5", """{ "$numberLong": "1763632800000" }""", """{ "$numberDecimal": "5" }""", "\"text\"", "\"5\"", "\"2025-11-20\"", "\"a\u200bb\"",
            "\"\"", "null", "true", Date, Nested, """{ "$oid": "6560f1c2a4b5c6d7e8f90123" }""", """{ "$undefined": true }""", """{ "$minKey": 1 }""",
            "[]", "[5]", """["text"]""", "[\"a\u200bb\"]", """[{ "a": 1 }]""", "[null]", "[[5]]", """{ "$binary": { "base64": "AAAA", "subType": "00" } }""",
            """{ "sku": "a", "qty": 1 }""", """[{ "sku": 5 }]""", """[{ "sku": "a", "qty": "1" }]""", "[{ \"sku\": \"a\u200b\" }]", """[{ "sku": "a" }, { "sku": 5 }]""",
            """{ "message": "a" }""", """[{ "userName": 5 }]""", $$"""[{ "created_at": {{Date}} }, { "created_at": 1763632800 }]""", """[{ "sku": ["a"] }]""",
        ];
        var documents = IssueSchema.Fields.Keys.SelectMany(name => values.Select(value => BsonDocument.Parse($$"""{ "{{name}}": {{value}} }"""))).ToList();
        documents.ForEach(document => document["issueId"] = document.GetValue("issueId", ObjectId.GenerateNewId().ToString()));

        // There before the service is, so that no unique index refuses any.
        var odd = await MongoTestDatabase.RequireAsync();
        await odd.Issues.InsertManyAsync(documents);
        using var process = StoreHost.Start(("ConnectionStrings:MongoDb", odd.Uri));

        var found = await process.RepairAsync(apply: false);
        await odd.DropAsync();

        var expected = documents.Select(document => new DocumentRepair(document, IssueFactory.AnyType).Result).Where(issue => issue.Changes.Count + issue.NotUnderstood.Count > 0);
        Assert.That(found.Select(Told), Is.EquivalentTo(expected.Select(Told)));
        static string Told(RepairedIssue issue) => $"{issue.Id} {string.Join(',', issue.Changes)} {string.Join(',', issue.NotUnderstood)}";
    }

    [Test]
    public async Task Leaves_alone_the_issue_whose_number_another_one_has()
    {
        await Database.Issues.InsertManyAsync([Issue("issueId", "\"1600001\""), Issue("issueId", "1600001"), Issue("issueId", "1600002")]);

        foreach (var apply in new[] { false, true })
        {
            var found = await Host.RepairAsync(apply);
            Assert.That(found.Select(issue => issue.Obstacle), Is.EquivalentTo(new[] { InUse, null }));
        }

        Assert.That((await Database.Issues.Find(All).ToListAsync()).Select(issue => issue["issueId"]), Is.EquivalentTo(new BsonValue[] { "1600001", 1_600_001, "1600002" }));
    }

    [Test]
    public async Task Makes_no_two_issues_of_one_number_where_no_index_refuses_them([Values] bool hasIndex)
    {
        string[] stored = ["\" 1600001 \"", "\"01600001\"", "\"1600001\"", "\"1600002 \"", "\"1600002\\n\"", "1600003", "\"1600003\\t\""];
        var odd = await MongoTestDatabase.RequireAsync();
        if (!hasIndex)
        {
            await odd.Issues.InsertManyAsync([Issue("issueId", "\"1\""), Issue("issueId", "\"1\"")]);
        }

        await odd.Issues.InsertManyAsync(stored.Select(value => Issue("issueId", value)));
        using var process = StoreHost.Start(("ConnectionStrings:MongoDb", odd.Uri));

        var told = await process.RepairAsync(apply: false);
        var done = await process.RepairAsync(apply: true);
        var numbers = (await odd.Issues.Find(All).ToListAsync()).Select(issue => issue["issueId"].ToString()!).Where(number => number != "1").ToList();
        await odd.DropAsync();

        string?[] expected = [InUse, InUse, null, InUse, null, InUse];
        Assert.That(told.Select(issue => issue.Obstacle), Is.EqualTo(expected));
        Assert.That(done.Select(issue => issue.Obstacle), Is.EqualTo(expected), "what was told is done");
        Assert.That(numbers, Is.EqualTo(new[] { " 1600001 ", "01600001", "1600001", "1600002", "1600002\n", "1600003", "1600003\t" }));
    }

    [Test]
    public async Task Leaves_alone_the_issue_that_another_unique_index_refuses()
    {
        await Database.Issues.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocument("createdBy", 1), new CreateIndexOptions { Unique = true }));
        await Database.Issues.InsertManyAsync([Issue("createdBy", "\"18362\""), Issue("createdBy", "18362").Set("issueId", "2")]);

        Assert.That((await Host.RepairAsync(apply: true)).Single().Obstacle, Does.Contain("DuplicateKey").And.Not.Contain("18362"));
    }

    [Test]
    public async Task Does_no_harm_beside_itself_and_others_that_write()
    {
        const int Issues = 200;
        await Database.Issues.InsertManyAsync(Enumerable.Range(0, Issues).Select(i => Issue("OrderId", $"{i}").Merge(BsonDocument.Parse("""
            { "createdAt": "2025-11-20T10:00:00Z", "items": { "sku": 5, "qty": 1 }, "discussion": [{ "message": "a", "created_at": 1763632800 }] }
            """), overwriteExistingElements: true).Set("issueId", i)));
        var writes = Enumerable.Range(0, Issues).Select(i => Task.Run(async () =>
        {
            for (; ; )
            {
                var issue = (await Host.Store.FindByOrderAsync($"{i}", null, default))!;
                if (await Host.Store.TryChangeAsync(issue.AddMessage("John", "Hello", IssueFactory.Now), default) is ChangeResult.Applied)
                {
                    return;
                }
            }
        }));

        await Task.WhenAll([.. writes, Host.RepairAsync(apply: true), Host.RepairAsync(apply: true)]);
        await Host.RepairAsync(apply: true);

        Assert.That(await Host.RepairAsync(apply: false), Is.Empty);
        foreach (var stored in await Database.Issues.Find(All).ToListAsync())
        {
            Assert.That(stored["items"].ToJson(), Is.EqualTo("""[{ "sku" : "5", "qty" : 1 }]"""));
            Assert.That(stored["discussion"].AsBsonArray.Select(message => message["message"].AsString), Is.EqualTo(new[] { "a", "Hello" }));
            Assert.That(stored["__v"].ToInt32(), Is.EqualTo(8));
        }
    }

    [Test]
    public async Task Goes_on_after_it_was_ended()
    {
        const int Issues = 2_500;
        await Database.Issues.InsertManyAsync(Enumerable.Range(0, Issues).Select(i => new BsonDocument { { "OrderId", i }, { "issueId", $"{i}" } }));
        await foreach (var batch in Host.Repair.RunAsync(apply: true, default))
        {
            Assert.That(batch.Found, Has.Count.EqualTo(batch.Seen).And.Count.LessThan(Issues));
            break;
        }

        Assert.That(await Host.RepairAsync(apply: true), Has.Count.LessThan(Issues).And.Count.GreaterThan(0));
        Assert.That(await Database.Issues.CountDocumentsAsync(new BsonDocument("OrderId", new BsonDocument("$type", "string"))), Is.EqualTo(Issues));
    }

    [Test]
    public async Task Lets_every_filter_find_the_issue()
    {
        await Database.Issues.InsertOneAsync(Issue("items", """{ "sku": 5550, "qty": "2" }""").Merge(BsonDocument.Parse("""
            { "createdAt": "2025-11-20T10:00:00Z", "trackingNumber": 777, "OrderId": 111, "ticketId": 18362, "issueId": " 01600777" }
            """), overwriteExistingElements: true));
        await Host.RepairAsync(apply: true);

        var range = new TimeRange(IssueFactory.Now, IssueFactory.Now.AddSeconds(1));
        Assert.That(await Host.Store.FindAsync("1600777", default), Is.Not.Null);
        foreach (var filter in new IssueFilter[] { new() { Fields = new Dictionary<IssueField, IReadOnlyList<string?>> { [IssueField.IssueId] = ["1600777"] } }, new() { Text = "777" }, new() { Text = "5550" }, new() { Text = "111" }, new() { Text = "18362" }, new() { Times = new Dictionary<IssueField, TimeRange> { [IssueField.CreatedAt] = range } } })
        {
            Assert.That(await Host.Queries.CountAsync(filter, default), Is.EqualTo(1), filter.Text);
        }
    }

    /// <summary>An issue with this field's value and some others that no repair may touch.</summary>
    private static BsonDocument Issue(string field, string value)
    {
        var issue = BsonDocument.Parse("""
            { "_id": null, "OrderId": "A-1", "issueId": "1600001", "__v": 7, "warehouse": { "odd": 1.0 }, "_history": [{ "at": "soon" }], "updatedAt": { "$date": "2025-11-20T11:00:00Z" } }
            """);
        issue["_id"] = ObjectId.GenerateNewId();
        return issue.Set(field, Value(value));
    }

    private static BsonValue Value(string json) => BsonDocument.Parse($$"""{ "value": {{json}} }""")["value"];

    private Task<BsonDocument> StoredAsync() => Database.Issues.Find(All).SingleAsync();

    private async Task<OrderIssue?> FindAsync() => await Host.Store.FindAsync(EntityId.Parse((await StoredAsync())["_id"].ToString()!), default);
}
