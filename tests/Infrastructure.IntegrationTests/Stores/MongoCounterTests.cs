using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Errors;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Numbers go on where the Mongoose service stopped, and both may count at the same time.</summary>
public sealed class MongoCounterTests
{
    private static readonly BsonDocument Counter = new("id", "issue_id");
    private MongoTestDatabase? database;

    [SetUp]
    public async Task Start() => database = await MongoTestDatabase.RequireAsync();

    [TearDown]
    public Task Stop() => database?.DropAsync() ?? Task.CompletedTask;

    [TestCase("counters")]
    [TestCase("issuecounters")]
    [TestCase("issueids")]
    [TestCase("issueidcounters")]
    public async Task Counts_where_the_counter_is(string collection)
    {
        await Collection(collection).InsertOneAsync(new BsonDocument { { "id", "issue_id" }, { "seq", 1_600_041.0 } });
        using var host = StartHost();

        Assert.That(await NextAsync(host), Is.EqualTo("1600042"));
        Assert.That((await Collection(collection).Find(Counter).SingleAsync())["seq"].ToInt64(), Is.EqualTo(1_600_042));
    }

    [Test]
    public async Task Counts_in_the_configured_collection()
    {
        await Collection("counters").InsertOneAsync(new BsonDocument { { "id", "issue_id" }, { "seq", 1_700_000 } });
        using var host = StartHost(("MongoDb:CountersCollection", "mine"), ("MongoDb:IssuesCollection", "issues"));

        Assert.That(await NextAsync(host), Is.EqualTo("1600001"));
        Assert.That(await Collection("mine").CountDocumentsAsync(Counter), Is.EqualTo(1));
        Assert.That(await Collection("issues").CountDocumentsAsync(new BsonDocument()), Is.EqualTo(1));
    }

    [TestCase("""{ "id": "issue_id", "seq": 5 }""")]
    [TestCase("""{ "id": "issue_id", "seq": 1600001 }""")]
    [TestCase("""{ "id": "issue_id" }""")]
    [TestCase("""{ "id": "issue_id", "seq": null }""")]
    [TestCase("""{ "id": "issue_id", "seq": "1700000" }""")]
    [TestCase("""{ "id": "issue_id", "seq": [1] }""")]
    [TestCase("""{ "id": "issue_id", "seq": { "a": 1 } }""")]
    [TestCase("""{ "id": "issue_id", "seq": { "$date": "2025-11-20T10:00:00Z" } }""")]
    [TestCase("""{ "id": "issue_id", "seq": { "$numberDouble": "Infinity" } }""")]
    [TestCase("""{ "id": "issue_id", "seq": { "$numberLong": "9223372036854775807" } }""")]
    [TestCase("""{ "id": "another" }""")]
    public async Task Moves_past_the_stored_issues_compared_as_numbers(string counter)
    {
        await Collection("counters").InsertOneAsync(BsonDocument.Parse(counter));
        foreach (var issueId in new BsonValue[] { "999999", "1600006", "1600005", "none", "9223372036854775807", long.MaxValue, new BsonDateTime(0), new BsonArray { "1700000" }, new BsonArray { 1_700_000 } })
        {
            await database!.Issues.InsertOneAsync(new BsonDocument { { "OrderId", "A-1" }, { "issueId", issueId } });
        }

        using var host = StartHost();

        Assert.That(await NextAsync(host), Is.EqualTo("1600007"));
    }

    [TestCase("1700000")]
    [TestCase("""{ "$numberLong": "1700000" }""")]
    [TestCase("""{ "$numberDouble": "1700000.0" }""")]
    [TestCase("""{ "$numberDecimal": "1.7E+6" }""")]
    [TestCase("\"1700000\"")]
    [TestCase("\"1700000\\n\"")]
    [TestCase("\"\\ufeff 1700000\\u3000\"")]
    [TestCase("\"0001700000\"")]
    [TestCase("\"00000000000000001700000\"")]
    [TestCase("\"1700000.0\"")]
    public async Task Counts_on_from_a_number_in_any_form(string stored)
    {
        var other = BsonDocument.Parse($$"""{ "OrderId": "A-1", "issueId": {{stored}} }""");
        await database!.Issues.InsertManyAsync([other, new() { { "issueId", "999999\n" } }, new() { { "issueId", 5 } }]);
        using var host = StartHost();

        Assert.That(await NextAsync(host), Is.EqualTo("1700001"));
    }

    [Test]
    public async Task Is_set_right_while_the_service_runs()
    {
        using var host = StartHost();
        await NextAsync(host);

        foreach (var seq in new BsonValue[] { "text", BsonNull.Value, 1_600_000, 7 })
        {
            var last = await NextAsync(host);
            await Collection("counters").UpdateOneAsync(Counter, new BsonDocument("$set", new BsonDocument("seq", seq)));
            Assert.That(int.Parse(await NextAsync(host), null), Is.EqualTo(int.Parse(last, null) + 1), $"{seq}");
        }
    }

    /// <summary>As by a restore or a drop.</summary>
    [TestCase("counters", "counters")]
    [TestCase("issueids", "issueids")]
    [TestCase("counters", "issueids", Description = "The Mongoose service made it anew.")]
    public async Task Is_found_or_made_again_when_it_is_lost_while_the_service_runs(string before, string after)
    {
        await Collection(before).InsertOneAsync(new BsonDocument { { "id", "issue_id" }, { "seq", 1_600_041 } });
        using var host = StartHost();
        await NextAsync(host);
        await database!.Issues.DeleteManyAsync(new BsonDocument());

        await database.Database.DropCollectionAsync(before);
        if (after != before)
        {
            await Collection(after).InsertOneAsync(new BsonDocument { { "id", "issue_id" }, { "seq", 1 } });
        }

        Assert.That(await NextAsync(host), Is.EqualTo("1600043"), "not a number that was given before");
        Assert.That((await Collection(after).Find(Counter).SingleAsync())["seq"].ToInt64(), Is.EqualTo(1_600_043));
        Assert.That(await NextAsync(host), Is.EqualTo("1600044"));
    }

    [Test]
    public async Task Goes_on_whatever_looks_like_a_number()
    {
        var values = new BsonValue[] { BsonSymbol.Create("1700000"), "1700000\n\n", "999999999999999999", "5.", BsonUndefined.Value };
        await database!.Issues.InsertManyAsync(values.Select(value => new BsonDocument { { "OrderId", "A-1" }, { "issueId", value } }));
        using var host = StartHost();

        Assert.That(await NextAsync(host), Is.EqualTo("1700001"));
    }

    [Test]
    public async Task Leaves_others_that_count_in_the_same_collection_alone()
    {
        await Collection("counters").InsertOneAsync(new BsonDocument { { "_id", "invoice" }, { "seq", 7 } });
        using var host = StartHost();
        await NextAsync(host);

        await Collection("counters").InsertOneAsync(new BsonDocument { { "_id", "customer" }, { "seq", 1 } });

        Assert.That(await Collection("counters").CountDocumentsAsync(new BsonDocument()), Is.EqualTo(3));
    }

    [Test]
    public async Task Refuses_an_issue_that_another_unique_index_refuses()
    {
        await database!.Issues.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocument("ticketId", 1), new CreateIndexOptions { Unique = true }));
        using var host = StartHost();
        await NextAsync(host);

        var failure = await Assert.ThrowsAsync<FailureException>(() => NextAsync(host));

        Assert.That(failure!.Code, Is.EqualTo(FailureCode.ValidationFailed));
    }

    [Test]
    public async Task Creates_one_counter_when_many_start_at_once()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => StartHost()).ToList();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => NextAsync(hosts[i % 4]))));

        Assert.That(numbers.Select(number => int.Parse(number, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001, 64)));
        Assert.That(await Collection("counters").CountDocumentsAsync(Counter), Is.EqualTo(1));
        hosts.ForEach(host => host.Dispose());
    }

    /// <summary>The Mongoose service takes numbers between those of a group's.</summary>
    [Test]
    public async Task Counts_side_by_side_with_the_Mongoose_service()
    {
        using var host = StartHost();
        await NextAsync(host);
        var increment = new BsonDocument("$inc", new BsonDocument("seq", 1));
        var ofNode = Enumerable.Range(0, 40).Select(async _ => (await Collection("counters").FindOneAndUpdateAsync<BsonDocument>(
            Counter, increment, new() { ReturnDocument = ReturnDocument.After }))["seq"].ToString()!);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => NextAsync(host)).Concat(ofNode));

        Assert.That(numbers.Select(number => int.Parse(number, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_002, 240)));
    }

    [Test]
    public async Task Creates_the_indexes()
    {
        string[] expected =
        [
            """{ "issueId" : 1 }""", """{ "OrderId" : 1, "createdAt" : -1, "_id" : -1 }""", """{ "ticketId" : 1 }""",
            """{ "status" : 1, "createdAt" : 1, "_id" : 1 }""", """{ "status" : 1, "updatedAt" : 1, "_id" : 1 }""",
            """{ "items.sku" : 1, "createdAt" : 1, "_id" : 1 }""", """{ "customerEmail" : 1 }""", """{ "trackingNumber" : 1 }""",
            """{ "createdAt" : 1, "_id" : 1 }""", """{ "updatedAt" : 1, "_id" : 1 }""",
            """{ "assignee" : 1, "createdAt" : 1, "_id" : 1 }""", """{ "tags" : 1, "createdAt" : 1, "_id" : 1 }""",
            """{ "dueAt" : 1, "_id" : 1 }""", """{ "_updatedAt" : 1 }""",
        ];
        using var host = StartHost();

        await host.PreparedAsync();

        var indexes = await IndexesAsync();
        Assert.That(indexes.Select(index => index["key"].ToString()), Is.EquivalentTo(expected.Append("""{ "_id" : 1 }""")));
        Assert.That(indexes.Single(index => index["key"].AsBsonDocument.Contains("issueId"))["unique"].ToBoolean(), Is.True);
    }

    [Test]
    public async Task Runs_on_when_the_data_refuses_an_index_and_logs_why()
    {
        await database!.Issues.InsertManyAsync(
            new[] { "1600001", "1600001", "1600002" }.Select(issueId => new BsonDocument { { "OrderId", "A-1" }, { "issueId", issueId } }));

        using var host = StartHost();

        await host.PreparedAsync();
        Assert.That(host.Log.Lines, Has.Some.Contains("only the counter keeps numbers apart").And.Some.Contains("1600001 (2 times)"));
        Assert.That(await NextAsync(host), Is.EqualTo("1600003"));
        Assert.That((await host.Store.FindAsync("1600001", default))?.OrderId, Is.EqualTo("A-1"));
    }

    /// <summary>As where Mongoose's schema gives it other options.</summary>
    [TestCase("ticketId")]
    [TestCase("issueId")]
    public async Task Creates_the_other_indexes_where_one_is_refused(string field)
    {
        await database!.Issues.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocument(field, 1), new CreateIndexOptions { Sparse = true }));
        using var host = StartHost();

        await host.PreparedAsync();

        Assert.That(await IndexesAsync(), Has.Count.EqualTo(15));
        Assert.That(host.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)), Has.One.Contains(field));
    }

    private static async Task<string> NextAsync(StoreHost host) => (await host.Store.AddAsync(IssueFactory.Issue(), default)).Issue.IssueId!;

    private StoreHost StartHost(params (string, string)[] settings) => StoreHost.Start([("ConnectionStrings:MongoDb", database!.Uri), .. settings]);

    private async Task<List<BsonDocument>> IndexesAsync() => await (await database!.Issues.Indexes.ListAsync()).ToListAsync();

    private IMongoCollection<BsonDocument> Collection(string name) => database!.Database.GetCollection<BsonDocument>(name);
}
