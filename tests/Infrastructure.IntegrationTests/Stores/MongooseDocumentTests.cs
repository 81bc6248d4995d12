using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Documents that the Mongoose service, or somebody's script, left in the collection.</summary>
public sealed class MongooseDocumentTests
{
    private static readonly DateTimeOffset Now = IssueFactory.Now;
    private EmptyStore? store;

    private MongoTestDatabase Database => store!.Database;

    private StoreHost Host => store!.Host;

    private IOrderIssueStore Store => Host.Store;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(StoreKind.MongoDb);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>MongoDB sorts by what kind of value there is first; those that have no date in that place are among themselves sorted by their ids.</summary>
    [Test]
    public async Task Lists_each_once_whatever_is_in_the_place_of_its_time([Values("createdAt", "updatedAt")] string name, [Values] bool descending, [Values(1, 2, 100)] int limit)
    {
        string[] dates = ["2025-11-20T10:00:00.000Z", "2025-11-20T10:00:00.000Z", "2025-11-21T10:00:00.000Z"];
        string[] others =
        [
            "\"2025-11-19T10:00:00.000Z\"", "null", "1763632800000", "\"yesterday\"", "{}", "[]", "[null, \"2025-11-19\"]", "[[]]", "true",
            "{ \"$oid\": \"6560f1c2a4b5c6d7e8f90123\" }", "{ \"$numberDecimal\": \"1\" }", "{ \"$timestamp\": { \"t\": 1, \"i\": 1 } }",
            "{ \"$regularExpression\": { \"pattern\": \"a\", \"options\": \"\" } }", "{ \"$undefined\": true }", "{ \"$maxKey\": 1 }",
        ];
        var documents = dates.Select(date => $$"""{ "OrderId": "dated", "{{name}}": { "$date": "{{date}}" } }""")
            .Concat(others.Select(other => $$"""{ "OrderId": "other", "{{name}}": {{other}} }""")).Append("""{ "OrderId": "other" }""");
        foreach (var (document, i) in documents.Select((document, i) => (document, i)))
        {
            await Database.Issues.InsertOneAsync(BsonDocument.Parse(document).Add("issueId", $"{1_600_001 + i}"));
        }

        var issues = await WalkAsync(new(IssueField.Named(name), descending), limit);

        var ascending = Enumerable.Range(4, others.Length + 1).Concat(Enumerable.Range(1, 3)).Select(i => $"{1_600_000 + i}");
        Assert.That(issues.Select(issue => issue.IssueId), Is.EqualTo(descending ? ascending.Reverse() : ascending));
    }

    /// <summary>MongoDB sorts a list by one of its elements, and compares it by any.</summary>
    [Test]
    public async Task With_a_list_of_dates_hide_no_other([Values] bool descending, [Values(1, 2, 100)] int limit)
    {
        for (var i = 0; i < 5; i++)
        {
            await Database.Issues.InsertOneAsync(new BsonDocument { { "issueId", $"{i}" }, { "createdAt", Now.AddHours(i).UtcDateTime } });
        }

        await Database.Issues.InsertOneAsync(new BsonDocument { { "issueId", "list" }, { "createdAt", new BsonArray { Now.UtcDateTime, Now.AddDays(1).UtcDateTime } } });

        var issues = await WalkAsync(new(IssueField.CreatedAt, descending), limit);

        var ascending = Enumerable.Range(0, 5).Select(i => $"{i}");
        Assert.That(issues.Select(issue => issue.IssueId), Is.EqualTo(descending ? ascending.Reverse() : ascending));
    }

    [Test]
    public async Task Are_read_as_what_they_mean()
    {
        await InsertAsync("""
            {
              "_id": { "$oid": "6560f1c2a4b5c6d7e8f90123" }, "OrderId": "A-1", "issueId": "1600001", "ticketId": 18362, "source": "freshdesk",
              "items": [{ "sku": "a", "qty": 2.0, "_id": { "$oid": "6560f1c2a4b5c6d7e8f90124" } }, { "sku": "b", "qty": "3" },
                { "sku": "c", "qty": { "$numberLong": "4" } }, { "sku": 5 }],
              "trackingNumber": "TRK123", "status": "done", "customerReachedAt": "2025-11-19T22:36:28Z",
              "discussion": [{ "userName": "John", "message": "Hello", "created_at": { "$date": "2025-11-20T11:00:00Z" } },
                { "message": "Undated", "_id": { "$oid": "691ee6a00000000000000000" } }],
              "issueResolvedAt": { "$date": "2025-11-20T10:00:00.123Z" }, "createdAt": { "$date": "2025-11-20T10:00:00Z" },
              "updatedAt": { "$date": "2025-11-20T10:00:00Z" }, "__v": 3.0, "warehouse": "Hamburg", "notes": null, "picker": { "odd": true }
            }
            """);

        var issue = await Store.FindAsync("1600001", default);

        Assert.That(issue!.Id.ToString(), Is.EqualTo("6560f1c2a4b5c6d7e8f90123"));
        Assert.That((issue.TicketId, issue.Notes, issue.Picker, issue.Version), Is.EqualTo(("18362", (string?)null, (string?)null, 3)));
        Assert.That(issue.Items, Is.EqualTo(new IssueItem[] { new("a", 2), new("b", 3), new("c", 4), new("5", 0) }));
        Assert.That(issue.TrackingNumber, Is.EqualTo(new[] { "TRK123" }));
        Assert.That(issue.CustomerReachedAt, Is.EqualTo(new DateTimeOffset(2025, 11, 19, 22, 36, 28, TimeSpan.Zero)));
        Assert.That(issue.IssueResolvedAt, Is.EqualTo(Now.AddMilliseconds(123)));
        Assert.That(issue.Discussion[0], Is.EqualTo(new DiscussionMessage("John", "Hello", Now.AddHours(1))));
        Assert.That(issue.Discussion[1], Is.EqualTo(new DiscussionMessage("", "Undated", Now) { Id = EntityId.Parse("691ee6a00000000000000000") }));
    }

    [Test]
    public async Task Are_counted_as_what_they_mean()
    {
        await Database.Issues.InsertManyAsync(new[]
        {
            """{ "OrderId": "A-1", "items": [{ "sku": " Mug ", "qty": "2.0" }, { "sku": "mug", "qty": 3.0 }], "packer": "  Ann", "status": "done", "createdAt": { "$date": "2025-11-20T10:00:00Z" }, "issueResolvedAt": { "$date": "2025-11-20T12:00:00Z" } }""",
            """{ "OrderId": "A-1", "items": [{ "sku": 5, "qty": null }, { }, { "sku": { "a": 1 }, "qty": "x" }], "packer": 7, "status": 5, "createdAt": "2025-11-20T10:00:00Z", "issueResolvedAt": "soon" }""",
            """{ "OrderId": "A-1", "items": null, "packer": "ANN ", "status": "Done", "createdAt": { "odd": 1 } }""",
            """{ "OrderId": "A-1", "packer": "Ann", "issueResolvedAt": { "$date": "2025-11-20T12:00:00Z" } }""",
            """{ "OrderId": "A-2", "packer": "x", "createdAt": { "$date": "0001-01-01T00:00:00Z" }, "issueResolvedAt": { "$date": "9999-12-31T00:00:00Z" }, "items": [{ "qty": { "$numberDouble": "NaN" } }] }""",
            """{ "OrderId": "A-2", "packer": "x", "createdAt": { "$date": "0001-01-01T00:00:00Z" }, "issueResolvedAt": { "$date": "9999-12-31T00:00:00Z" }, "items": [{ "qty": { "$numberDouble": "Infinity" } }] }""",
            """{ "OrderId": "A-2", "packer": "x", "createdAt": { "$date": "0001-01-01T00:00:00Z" }, "issueResolvedAt": { "$date": "9999-12-31T00:00:00Z" }, "items": [{ "qty": "1e309" }] }""",
            """{ "OrderId": "A-2", "packer": "x", "createdAt": { "$date": "0001-01-01T00:00:00Z" }, "issueResolvedAt": { "$date": "9999-12-31T00:00:00Z" }, "items": { "qty": 1 } }""",
        }.Select((document, i) => BsonDocument.Parse(document).Add("issueId", $"{i}")));

        async Task<IssueStatistics> OfAsync(IssueField by, string? order = null)
        {
            var filter = new IssueFilter { Fields = IssueFactory.Values((IssueField.OrderId, [order ?? "A-1"])) };
            return IssueStatistics.Of(await Host.Queries.TallyAsync(filter, [by], default), [by], IssueFactory.Statuses);
        }

        foreach (var field in IssueField.All.Where(field => field.Is(FieldTraits.Groupable)))
        {
            var statistics = await OfAsync(field, "A-2");
            Assert.That(statistics.Issues, Is.EqualTo(4), field.ToString());
        }

        var bySku = await OfAsync(IssueField.Sku);
        Assert.That((bySku.Issues, bySku.Units), Is.EqualTo((4, 5)));
        Assert.That(
            bySku.Groups.Select(group => (group.Key, group.Issues, group.Units, group.Open, group.TimeToResolve?.TotalHours)),
            Is.EquivalentTo(new[] { (null, 3, 0, 2, null), ("5", 1, 0, 1, null), (" Mug ", 1, 2, 0, 2.0), ("mug", 1L, 3L, 0L, (double?)2.0) }));

        var byPacker = await OfAsync(IssueField.Packer);
        Assert.That(
            byPacker.Groups.Select(group => (group.Key, group.Issues, group.Units, group.Open, group.TimeToResolve?.TotalHours)),
            Is.EqualTo(new[] { ("Ann", 3, 5, 1, 2.0), ("7", 1L, 0L, 1L, (double?)null) }));
        Assert.That((await OfAsync(IssueField.Day)).Groups.Select(group => (group.Key, group.Issues)), Is.EqualTo(new[] { ("2025-11-20", 2L), (null, 2) }));
    }

    [TestCase("""{ "items": [{ "sku": "a", "qty": 2.0, "_id": { "$oid": "6560f1c2a4b5c6d7e8f90124" } }], "trackingNumber": "TRK1", "notes": 5 }""")]
    [TestCase("""{ "items": null, "notes": { "odd": true }, "picker": null, "shipped_at": "2025-11-20" }""")]
    [TestCase("{ }")]
    public async Task Are_patched_in_place(string fields)
    {
        var document = BsonDocument.Parse(fields);
        document.AddRange(BsonDocument.Parse("""{ "_id": { "$oid": "6560f1c2a4b5c6d7e8f90123" }, "OrderId": "A-1", "issueId": "1600001", "warehouse": "HH" }"""));
        await Database.Issues.InsertOneAsync(document);
        var before = (await Store.FindAsync("1600001", default))!;
        var items = new IssueItem[] { new("CUP", 1) };

        var patched = await ApplyAsync(before.Patch(
            new() { Items = items, TrackingNumber = new[] { "T" }, Notes = "n", Picker = "P", ShippedAt = Now }, IssueFactory.Statuses, Now)!);

        Assert.That((patched.Items.Single(), patched.TrackingNumber.Single()), Is.EqualTo((items[0], "T")));
        Assert.That((patched.Notes, patched.Picker, patched.ShippedAt), Is.EqualTo(("n", "P", (DateTimeOffset?)Now)));
        Assert.That((await Database.Issues.Find(new BsonDocument()).SingleAsync())["warehouse"], Is.EqualTo((BsonValue)"HH"));
    }

    [TestCase("{ }")]
    [TestCase("""{ "items": null, "discussion": null, "trackingNumber": null, "_history": null, "__v": null, "status": null }""")]
    [TestCase("""{ "status": "open", "__v": "7", "updatedAt": "2025-11-20T09:00:00Z", "createdAt": "yesterday" }""")]
    [TestCase("""{ "status": 5, "issueResolvedAt": "2025-11-20T09:00:00Z", "__v": 1.0 }""")]
    [TestCase("""{ "status": { "$gt": "" } }""")]
    [TestCase("""{ "OrderId": "A-1", "status": "pending", "issueResolvedAt": "" }""")]
    [TestCase("""{ "status": "open", "__v": 5, "updatedAt": { "$date": "9999-12-31T23:59:59.999Z" } }""")]
    [TestCase("""{ "status": "open", "__v": { "$ne": 1 }, "discussion": { "$undefined": true } }""")]
    [TestCase("""{ "status": "done", "issueResolvedAt": { "$date": "2025-11-20T09:00:00Z" }, "discussion": [null, "text", { }] }""")]
    [TestCase("""{ "discussion": { "userName": "a", "message": "b", "mood": 1 }, "items": { "sku": 5, "qty": "2" }, "trackingNumber": 7 }""")]
    [TestCase("""{ "discussion": { "0": "what?" }, "items": { "0": "what?" }, "_history": { "0": "what?" }, "updatedAt": 1763600000 }""")]
    [TestCase("""{ "discussion": "text", "items": "text", "trackingNumber": "", "_history": "text", "status": ["open"] }""")]
    [TestCase("""{ "discussion": 5, "items": 5, "trackingNumber": { "a": 1 }, "_history": true, "ticketId": { "$numberDecimal": "1.8362E+4" } }""")]
    public async Task Are_changed_in_place(string fields)
    {
        var document = BsonDocument.Parse(fields);
        document["_id"] = MongoDB.Bson.ObjectId.Parse("6560f1c2a4b5c6d7e8f90123");
        document["OrderId"] = "A-1";
        document["issueId"] = "1600001";
        document["warehouse"] = new BsonDocument("city", "Hamburg");
        await Database.Issues.InsertOneAsync(document);
        var before = (await Store.FindByOrderAsync("A-1", null, default))!;

        var done = await ApplyAsync(before.ChangeStatus("pending", "Jane", IssueFactory.Statuses, Now));
        await ApplyAsync(done.AddMessage("John", "Hi", Now));
        var said = ((ChangeResult.Applied)await Store.AddMessageAsync(new("A-1", "1600001", "John", "Hello", Now), default)).Issue;

        Assert.That((said.Status, said.IssueResolvedAt, said.Discussion[^1].Message), Is.EqualTo(("pending", (DateTimeOffset?)null, "Hello")));
        var stored = await Database.Issues.Find(new BsonDocument()).SingleAsync();
        Assert.That(stored["warehouse"], Is.EqualTo(document["warehouse"]));
        Assert.That(stored["_history"].AsBsonArray.OfType<BsonDocument>().Where(entry => entry.Contains("action")).Select(entry => entry["action"].AsString), Is.EqualTo(new[]
        {
            before.Status == "pending" ? "confirmed" : "statusChanged", "messageAdded", "messageAdded",
        }));
        Assert.That((await Host.Queries.FindHistoryAsync("1600001", default))!.Select(entry => entry.Action), Is.SupersetOf(new[] { "messageAdded" }));
        foreach (var name in new[] { "discussion", "items", "trackingNumber", "_history" }.Where(document.Contains))
        {
            var (was, now) = (document[name], stored[name]);
            var isKept = was switch
            {
                BsonNull or BsonUndefined => true,
                BsonArray list => now.AsBsonArray.Take(list.Count).SequenceEqual(list),
                _ => now.Equals(was) || now.AsBsonArray[0].Equals(was),
            };
            Assert.That(isKept, Is.True, $"{name}: {now}");
        }

        Assert.That(stored["updatedAt"].IsValidDateTime, Is.True);
        Assert.That(stored.GetValue("issueResolvedAt", "").ToString(), Is.Empty);
        Assert.That(said.Version, Is.EqualTo(before.Version + 3));
    }

    [TestCase("""{ "__v": { "$date": "2025-11-20T09:00:00Z" } }""")]
    [TestCase("""{ "__v": { "$numberDouble": "NaN" } }""")]
    [TestCase("""{ "__v": { "$numberDouble": "Infinity" } }""")]
    [TestCase("""{ "__v": true, "updatedAt": "2038-01-19T03:14:07Z" }""")]
    [TestCase("""{ "__v": 5, "updatedAt": 2147483647 }""")]
    [TestCase("""{ "__v": "6", "updatedAt": { "$numberLong": "2147483647000" } }""")]
    [TestCase("""{ "updatedAt": { "$date": "2038-01-19T03:14:07Z" } }""")]
    public async Task Rise_with_each_change_whatever_is_in_the_place_of_their_version_and_time(string fields)
    {
        await Database.Issues.InsertOneAsync(BsonDocument.Parse(fields).AddRange(BsonDocument.Parse("""{ "OrderId": "A-1", "issueId": "1600001" }""")));
        var states = new List<OrderIssue> { (await Store.FindAsync("1600001", default))! };

        for (var i = 0; i < 2; i++)
        {
            var first = await Store.AddMessageAsync(new("A-1", "1600001", "John", "Hello", Now), default);
            states.Add(first is ChangeResult.Applied { Issue: var said } ? said : await ApplyAsync(states[^1].AddMessage("John", "Hello", Now)));
            states.Add(await ApplyAsync(states[^1].ChangeStatus("pending", null, IssueFactory.Statuses, Now)));
        }

        Assert.That(states.Select(state => state.Version), Is.EqualTo(Enumerable.Range(states[0].Version, 5)));
        Assert.That(states.Select(state => state.UpdatedAt ?? DateTimeOffset.MinValue), Is.Ordered.Ascending.And.Unique);
    }

    [Test]
    public async Task Keep_the_ids_of_their_items_and_messages()
    {
        await InsertAsync("""
            { "OrderId": "A-1", "issueId": "1600001", "items": [{ "_id": { "$oid": "6560f1c2a4b5c6d7e8f90124" }, "sku": "a", "qty": 1 }],
              "discussion": [{ "_id": { "$oid": "6560f1c2a4b5c6d7e8f90125" }, "userName": "a", "message": "b" }] }
            """);

        await ApplyAsync((await Store.FindAsync("1600001", default))!.AddMessage("John", "Hello", Now));

        var stored = await Database.Issues.Find(new BsonDocument()).SingleAsync();
        Assert.That(stored["items"][0]["_id"].ToString(), Is.EqualTo("6560f1c2a4b5c6d7e8f90124"));
        Assert.That(stored["discussion"][0]["_id"].ToString(), Is.EqualTo("6560f1c2a4b5c6d7e8f90125"));
    }

    [Test]
    public async Task Without_an_ObjectId_are_no_issues()
    {
        await InsertAsync("""{ "_id": "not an ObjectId", "OrderId": "A-1", "issueId": "1600009", "customerName": "Josh" }""");
        await InsertAsync("""{ "_id": { "$oid": "100000000000000000000000" }, "OrderId": "A-1", "issueId": "1600001" }""");

        Assert.That((await Store.FindByOrderAsync("A-1", null, default))!.IssueId, Is.EqualTo("1600001"));
        Assert.That(await Store.FindAsync("1600009", default), Is.Null);
        Assert.That(
            (await Host.Queries.ListAsync(new IssueFilter(), new(IssueField.CreatedAt, Descending: true), null, 10, default)).Issues,
            Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Are_found_by_numbers_where_texts_belong()
    {
        await InsertAsync("""{ "OrderId": 12345, "issueId": 55 }""");

        var issue = (await Store.FindAsync("55", default))!;
        Assert.That(issue.OrderId, Is.EqualTo("12345"));
        Assert.That((await ApplyAsync((await Store.FindByOrderAsync("12345", "55", default))!.AddMessage("a", "b", Now))).Discussion, Has.Count.EqualTo(1));
        Assert.That((await Store.FindByOrderAsync("12345", null, default))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Of_a_list_of_orders_hide_no_other()
    {
        await InsertAsync("""{ "OrderId": ["A-1", "x"], "issueId": "2" }""");
        await InsertAsync("""{ "_id": { "$oid": "100000000000000000000000" }, "OrderId": "A-1", "issueId": "1" }""");

        Assert.That((await Store.FindByOrderAsync("A-1", null, default))!.IssueId, Is.EqualTo("1"));
    }

    [Test]
    public async Task Without_a_date_are_as_old_as_their_id()
    {
        await InsertAsync("""{ "_id": { "$oid": "691ee6a00000000000000000" }, "OrderId": "A-1", "issueId": "1" }""");
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "2", "createdAt": { "$date": "2025-11-20T09:59:59Z" } }""");
        await InsertAsync("""{ "OrderId": "A-2", "issueId": "3", "createdAt": { "$date": "2025-11-20T10:00:01Z" } }""");
        await InsertAsync("""{ "_id": { "$oid": "691ee6a00000000000000001" }, "OrderId": "A-2", "issueId": "4", "createdAt": null }""");
        await InsertAsync("""{ "OrderId": "A-3", "issueId": "5", "createdAt": { "$date": "2025-11-20T10:00:00Z" } }""");
        await InsertAsync("""{ "OrderId": "A-3", "issueId": "6", "createdAt": "2025-11-20T10:00:01Z" }""");
        await InsertAsync("""{ "OrderId": "A-3", "issueId": "7", "createdAt": 1763632800000 }""");

        await Host.Services.GetRequiredService<UndatedIssues>().LookAsync(default);

        Assert.That((await Store.FindByOrderAsync("A-1", null, default))!.IssueId, Is.EqualTo("1"));
        Assert.That((await Store.FindByOrderAsync("A-2", null, default))!.IssueId, Is.EqualTo("3"));
        Assert.That((await Store.FindByOrderAsync("A-3", null, default))!.IssueId, Is.EqualTo("6"));
    }

    [TestCase("""{ "ticketId": "18362", "source": "freshdesk" }""")]
    [TestCase("""{ "ticketId": 18362, "source": "Freshdesk" }""")]
    [TestCase("""{ "ticketId": 18362.0, "source": "FRESHDESK-US" }""")]
    [TestCase("""{ "ticketId": { "$numberLong": "18362" }, "channel": "FreshDesk" }""")]
    [TestCase("""{ "ticketId": "18362", "channel": "freshdesk", "source": null }""")]
    [TestCase("""{ "ticketId": "18362", "channel": "freshdesk", "source": 5 }""")]
    [TestCase("""{ "ticketId": "18362", "channel": "freshdesk", "source": "Phone" }""")]
    public async Task Are_found_by_their_ticket(string fields)
    {
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "1", "ticketId": "18362" }""");
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "2", "ticketId": "18362", "source": "TikTok", "channel": "freshdesk" }""");
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "3", "ticketId": "18362", "source": "freshdesk-" }""");
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "4", "ticketId": { "$gt": "" }, "source": "freshdesk" }""");
        Assert.That(await Store.FindByTicketAsync("freshdesk", "18362", default), Is.Null);

        await Database.Issues.InsertOneAsync(BsonDocument.Parse(fields).AddRange(BsonDocument.Parse("""{ "OrderId": "A-1", "issueId": "5" }""")));

        Assert.That((await Store.FindByTicketAsync("freshdesk", "18362", default))?.IssueId, Is.EqualTo("5"));
    }

    [Test]
    public async Task Are_the_newest_of_their_ticket_whatever_is_in_the_place_of_their_time()
    {
        const string OfTicket = "\"ticketId\": \"18362\", \"source\": \"freshdesk\"";
        await InsertAsync($$"""{ {{OfTicket}}, "issueId": "1", "createdAt": { "$date": "2025-11-20T10:00:00Z" } }""");
        await InsertAsync($$"""{ {{OfTicket}}, "issueId": "2", "createdAt": "2025-11-20T10:00:01Z" }""");
        await InsertAsync($$"""{ {{OfTicket}}, "_id": 3, "issueId": "3", "createdAt": { "$date": "2025-11-21T10:00:00Z" } }""");
        Assert.That((await Store.FindByTicketAsync("freshdesk", "18362", default))!.IssueId, Is.EqualTo("2"));

        await InsertAsync($$"""{ {{OfTicket}}, "issueId": "4", "createdAt": { "$date": "2025-11-20T10:00:02Z" } }""");

        Assert.That((await Store.FindByTicketAsync("freshdesk", "18362", default))!.IssueId, Is.EqualTo("4"));
    }

    [Test]
    public async Task Are_written_with_the_types_that_Mongoose_gives_them()
    {
        var (issue, _) = await Store.AddAsync(OrderIssue.Open(IssueFactory.FullDetails(), IssueFactory.Statuses, Now), default);

        var stored = await Database.Issues.Find(new BsonDocument()).SingleAsync();
        Assert.That(stored["_id"].AsObjectId.ToString(), Is.EqualTo(issue.Id.ToString()));
        Assert.That(stored["issueId"].AsString, Is.EqualTo("1600001"));
        Assert.That(stored["items"][0]["qty"].BsonType, Is.EqualTo(BsonType.Int32));
        Assert.That(stored["createdAt"].BsonType, Is.EqualTo(BsonType.DateTime));
        Assert.That(stored["__v"].BsonType, Is.EqualTo(BsonType.Int32));
        Assert.That(stored.Contains("issueResolvedAt"), Is.False);

        // The mark of what is to be published may be gone already.
        string[] mark = stored.Contains("_unpublished") ? ["_unpublished"] : [];
        Assert.That(stored.Names, Is.EqualTo((string[])[
            "_id", "OrderId", "issueId", "ticketId", "channel", "source", "items", "trackingNumber", "picker", "packer", "palletter", "customerName",
            "customerEmail", "issueType", "status", "customerReachedAt", "shipped_at", "notes", "discussion", "createdBy", "createdAt", "updatedAt",
            "__v", "assignee", "tags", "priority", "dueAt", "fault", "cost", "_history", .. mark, "_updatedAt",
        ]));
    }

    /// <summary>Decided on a list that is none, so that nobody's change of it meanwhile is lost.</summary>
    [Test]
    public async Task Are_not_changed_where_what_is_no_list_was_changed_meanwhile()
    {
        await InsertAsync("""{ "OrderId": "A-1", "issueId": "1600001", "discussion": { "userName": "a", "message": "b" } }""");
        var messages = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            for (; ; )
            {
                var issue = (await Store.FindAsync("1600001", default))!;
                if (await Store.TryChangeAsync(issue.AddMessage("John", $"{i}", Now), default) is ChangeResult.Applied)
                {
                    return;
                }
            }
        }));

        await Task.WhenAll(messages);

        Assert.That((await Store.FindAsync("1600001", default))!.Discussion.Select(message => message.Message), Is.EquivalentTo(
            Enumerable.Range(0, 20).Select(i => $"{i}").Append("b")));
    }

    private async Task<List<OrderIssue>> WalkAsync(IssueSort sort, int limit)
    {
        var issues = new List<OrderIssue>();
        IssuePosition? after = null;
        do
        {
            var page = await Host.Queries.ListAsync(new(), sort, after, limit, default);
            issues.AddRange(page.Issues);
            after = page.Last;
        }
        while (after is not null);

        return issues;
    }

    private Task InsertAsync(string json) => Database.Issues.InsertOneAsync(BsonDocument.Parse(json));

    private async Task<OrderIssue> ApplyAsync(IssueChange change)
    {
        var result = await Store.TryChangeAsync(change, default);
        Assert.That(result, Is.TypeOf<ChangeResult.Applied>());
        return ((ChangeResult.Applied)result).Issue;
    }
}
