using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.Search;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Search;

/// <summary>The index that an instance keeps of MongoDB's texts, beside what the server itself finds.</summary>
public sealed class MongoTextIndexTests
{
    private static readonly IssueSort Oldest = new(IssueField.CreatedAt, Descending: false);
    private EmptyStore? store;
    private StoreHost? unindexed;

    private TextIndex Index => IndexOf(store!.Host);

    [SetUp]
    public async Task Start()
    {
        store = await EmptyStore.StartAsync(StoreKind.MongoDb, hasIndexFile: true);
        unindexed = StoreHost.Start(store.Setting);
    }

    [TearDown]
    public async Task Stop()
    {
        unindexed?.Dispose();
        await (store?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task Finds_what_the_Node_service_wrote_once_it_is_in_the_log()
    {
        var others = store!.Host.Services.GetRequiredService<OtherChanges>();
        await others.SweepAsync(default);
        var issue = await AddAsync("A-1", "porcelain");
        issue = await ChangeAsync(issue.AddMessage("Jane", "shards", Now));
        Index.Prepare(default);

        await store.Database.Issues.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("issueId", issue.IssueId),
            Builders<BsonDocument>.Update.Set("notes", "stoneware").Set("discussion.0.message", "splinters").CurrentDate("updatedAt"));
        Assert.That(await FoundAsync("porcelain"), Is.Empty, "what is found is judged by the documents");
        store.Time.Advance(TimeSpan.FromSeconds(5));
        await others.SweepAsync(default);

        Assert.That(await FoundAsync("stoneware"), Is.EqualTo(new[] { "A-1" }));
        Assert.That(await FoundAsync("splinters"), Is.EqualTo(new[] { "A-1" }));
        Assert.That(await CountAsync("shards"), Is.EqualTo(0));
        AssertUsed();
    }

    [Test]
    public async Task Lists_no_issue_that_was_deleted()
    {
        await AddAsync("A-1", "porcelain");
        await AddAsync("A-2", "porcelain");
        Index.Prepare(default);

        await store!.Database.Issues.DeleteOneAsync(Builders<BsonDocument>.Filter.Eq("OrderId", "A-1"));

        Assert.That(await FoundAsync("porcelain", limit: 1), Is.EqualTo(new[] { "A-2" }), "the next page comes in the place of an empty one");
    }

    [Test]
    public async Task Finds_issues_by_what_other_programs_wrote_as_the_server_does()
    {
        var documents = new[]
        {
            """{ "OrderId": "B-1", "issueId": "1600001", "notes": "porcelain", "status": "Resolved ", "picker": " JOHN ", "createdAt": "2025-11-20T10:00:00Z" }""",
            """{ "OrderId": 1234567, "issueId": 1600002, "notes": "PORCELAIN", "status": "resolved", "items": [{ "sku": "MUG", "qty": "2" }] }""",
            """{ "OrderId": "B-3", "notes": "porcelain", "status": null, "picker": "", "ticketId": " ", "channel": "Amazon", "items": [], "discussion": ["bare text"] }""",
            """{ "OrderId": "B-4", "issueId": "x", "notes": "porcelain", "customerEmail": " Josh@Example.com", "trackingNumber": "T-1", "createdAt": { "$date": "2025-11-20T10:00:00Z" }, "updatedAt": { "$date": "2025-11-20T10:00:00Z" } }""",
            """{ "OrderId": "B-5", "issueId": "y", "notes": "porcelain", "items": [{ "sku": "VASE", "qty": 1 }, { "sku": "MUG", "qty": 1 }], "createdAt": { "$date": "2025-11-21T10:00:00Z" }, "updatedAt": { "$date": "2025-11-19T10:00:00Z" } }""",
        };
        await store!.Database.Issues.InsertManyAsync(documents.Select(BsonDocument.Parse));
        await store.Host.Services.GetRequiredService<UndatedIssues>().LookAsync(default);
        Index.Prepare(default);

        var filters = new IssueFilter[]
        {
            new(),
            new() { Fields = Values((IssueField.Picker, ["john"])) },
            new() { Fields = Values((IssueField.Picker, [null])) },
            new() { Fields = Values((IssueField.TicketId, [null])) },
            new() { Fields = Values((IssueField.Channel, ["amazon"])) },
            new() { Fields = Values((IssueField.Channel, ["Amazon"])) },
            new() { Fields = Values((IssueField.Sku, ["MUG"])) },
            new() { Fields = Values((IssueField.Sku, ["MUG", "VASE"])) },
            new() { Fields = Values((IssueField.TrackingNumber, ["T-1"])) },
            new() { Fields = Values((IssueField.CustomerEmail, ["josh@example.COM"])) },
            new() { Fields = Values((IssueField.IssueId, ["1600002"])) },
            new() { Fields = Values((IssueField.OrderId, ["1234567"])) },
            new() { IsResolved = true, ResolvedStatuses = ["resolved"] },
            new() { IsResolved = false, ResolvedStatuses = ["resolved"] },
            new() { Times = new Dictionary<IssueField, TimeRange> { [IssueField.CreatedAt] = new(null, new DateTimeOffset(2025, 11, 21, 0, 0, 0, TimeSpan.Zero)) } },
        };
        Assert.Multiple(async () =>
        {
            foreach (var filter in filters.Select(filter => filter with { Text = "porcelain" }))
            {
                var told = string.Join(' ', filter.Fields.Select(field => $"{field.Key} {string.Join(',', field.Value)}")) + $" {filter.IsResolved} {filter.Times.Count}";
                Assert.That(await AllAsync(store.Host, filter, Oldest, 1), Is.EqualTo(await AllAsync(unindexed!, filter, Oldest, 100)), told);
                Assert.That(await store.Host.Queries.CountAsync(filter, default), Is.EqualTo(await unindexed!.Queries.CountAsync(filter, default)), told);
            }
        });
        AssertUsed();
    }

    [Test]
    public async Task Counts_issues_by_dates_as_the_server_does()
    {
        var documents = new[]
        {
            """{ "issueId": "1", "OrderId": "B-1", "notes": "porcelain", "createdAt": { "$date": "2025-11-20T10:00:00Z" } }""",
            """{ "issueId": "2", "OrderId": "B-2", "notes": "porcelain", "shipped_at": "2025-11-19T10:00:00.000Z", "createdAt": { "$date": "2025-11-20T10:00:00Z" }, "updatedAt": { "$date": "2025-11-20T10:00:00Z" } }""",
        };
        await store!.Database.Issues.InsertManyAsync(documents.Select(BsonDocument.Parse));
        await store.Host.Services.GetRequiredService<UndatedIssues>().LookAsync(default);
        Index.Prepare(default);

        Assert.Multiple(async () =>
        {
            foreach (var field in new[] { IssueField.CreatedAt, IssueField.UpdatedAt, IssueField.ShippedAt })
            {
                var filter = new IssueFilter { Text = "porcelain", Times = new Dictionary<IssueField, TimeRange> { [field] = new(null, new(2025, 11, 21, 0, 0, 0, TimeSpan.Zero)) } };
                Assert.That(
                    await store.Host.Queries.CountAsync(filter, default), Is.EqualTo(await unindexed!.Queries.CountAsync(filter, default)), $"{field}");
                Assert.That(await TalliedAsync(store.Host, filter), Is.EqualTo(await TalliedAsync(unindexed, filter)), $"{field}");
            }
        });
    }

    [Test]
    public async Task A_search_makes_no_file()
    {
        await AddAsync("A-1", "porcelain");

        Assert.That(await FoundAsync("porcelain"), Is.EqualTo(new[] { "A-1" }));

        Assert.That(File.Exists(store!.IndexFile), Is.False);
    }

    [Test]
    public async Task Finds_the_same_as_the_server_whatever_happened([Values] bool isShared)
    {
        var random = new Random(TestContext.CurrentContext.Random.Next());
        string[] words = ["mug", "Muggle", "GLASS", "as", "Öl", "日本", "語", "glas", "a_b", "ma", "1600001"];
        string[] people = ["John", "Jane", "jim"];
        string Text() => string.Join(random.Next(4) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
        using var other = isShared ? store!.StartHost() : null;
        Index.Prepare(default);
        if (other is not null)
        {
            IndexOf(other).Prepare(default);
        }

        var issues = new List<OrderIssue>();
        for (var i = 0; i < 80; i++)
        {
            var at = random.Next(issues.Count + 1);
            if (at == issues.Count || random.Next(3) == 0)
            {
                var details = new IssueDetails { OrderId = $"A-{i}", Source = "email", Notes = Text(), Picker = people[random.Next(3)], Items = [new($"SKU-{random.Next(3)}", 1)] };
                issues.Add((await unindexed!.Store.AddAsync(OrderIssue.Open(details, Statuses, Now.AddMinutes(random.Next(20))), default)).Issue);
            }
            else
            {
                issues[at] = await ChangeAsync(random.Next(3) > 0
                    ? issues[at].AddMessage("Jane", Text(), Now.AddMinutes(i))
                    : issues[at].Patch(new() { Notes = new($"{Text()} {i}"), Status = new(random.Next(2) == 0 ? "resolved" : "open") }, Statuses, Now.AddMinutes(i))!);
            }

            var filter = new IssueFilter { Text = Text().PadRight(2, 'm'), IsResolved = random.Next(3) == 0 ? random.Next(2) == 0 : null, ResolvedStatuses = ["resolved"] };
            filter = random.Next(3) switch
            {
                0 => filter with { Fields = Values((IssueField.Picker, [people[random.Next(3)]])) },
                1 => filter with { Fields = Values((IssueField.Sku, [$"SKU-{random.Next(3)}"])) },
                _ => filter,
            };
            var sort = new IssueSort(random.Next(2) == 0 ? IssueField.CreatedAt : IssueField.UpdatedAt, random.Next(2) == 0);
            var searching = other is not null && i % 2 == 0 ? other : store!.Host;
            var told = $"'{filter.Text}' after {i}";
            Assert.That(await AllAsync(searching, filter, sort, 1 + random.Next(5)), Is.EqualTo(await AllAsync(unindexed!, filter, sort, 200)).AsCollection, told);
            Assert.That(await searching.Queries.CountAsync(filter, default), Is.EqualTo(await unindexed!.Queries.CountAsync(filter, default)), told);
            Assert.That(
                (await searching.Queries.TallyAsync(filter, [IssueField.Picker], default)).OrderBy(tally => tally.ToString()).Select(tally => (tally.Values[0], tally.Status, tally.Issues)),
                Is.EquivalentTo((await unindexed.Queries.TallyAsync(filter, [IssueField.Picker], default)).Select(tally => (tally.Values[0], tally.Status, tally.Issues))),
                told);
        }

        AssertUsed();
    }

    [Test]
    public async Task Leaves_nothing_of_what_was_erased()
    {
        var issue = await AddAsync("A-1", "Qxzwyvk");
        await AddAsync("A-2", "porcelain");
        Index.Prepare(default);
        Assert.That(await FoundAsync("xzw"), Has.Count.EqualTo(1));
        await ChangeAsync(new IssueChange(issue, Now, HistoryActions.Erased) { Fields = [new FieldChange(IssueField.Notes.Name, "Qxzwyvk", null)] });

        Assert.That(await FoundAsync("xzw"), Is.Empty);
        Assert.That(Index.Purge(default), Is.True);

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(store!.IndexFile)!, "*-search*"))
        {
            Assert.That(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), Does.Not.Contain("xzw").And.Not.Contain("wyv"), file);
        }
    }

    [Test]
    public async Task Takes_no_file_that_is_something_else()
    {
        var path = Path.Combine(Path.GetDirectoryName(store!.IndexFile)!, "letters.txt");
        await File.WriteAllTextAsync(path, new string('x', 200));

        Assert.That(
            () => StoreHost.Start(store.Setting, ("Search:IndexFile", path)),
            Throws.InstanceOf<Application.Common.Errors.StartupException>().With.Message.Contains("Search:IndexFile"));
        Assert.That(new FileInfo(path).Length, Is.EqualTo(200));
    }

    private static TextIndex IndexOf(StoreHost host) => host.Services.GetRequiredService<TextIndex>();

    /// <summary>Numbers of all that is found, page by page.</summary>
    private static async Task<List<string>> AllAsync(StoreHost host, IssueFilter filter, IssueSort sort, int limit)
    {
        var found = new List<string>();
        IssuePosition? after = null;
        do
        {
            var page = await host.Queries.ListAsync(filter, sort, after, limit, default);
            found.AddRange(page.Issues.Select(issue => issue.OrderId));
            after = page.Last;
        }
        while (after is not null);
        return found;
    }

    private static async Task<long> TalliedAsync(StoreHost host, IssueFilter filter) =>
        (await host.Queries.TallyAsync(filter, [IssueField.IssueType], default)).Sum(tally => tally.Issues);

    // By another instance, which has no index.
    private async Task<OrderIssue> AddAsync(string orderId, string notes) =>
        (await unindexed!.Store.AddAsync(OrderIssue.Open(new() { OrderId = orderId, Source = "email", Notes = notes }, Statuses, Now), default)).Issue;

    private async Task<OrderIssue> ChangeAsync(IssueChange change) =>
        ((ChangeResult.Applied)await unindexed!.Store.TryChangeAsync(change, default)).Issue;

    private async Task<IReadOnlyList<string>> FoundAsync(string text, int limit = 50) =>
        [.. (await store!.Host.Queries.ListAsync(new() { Text = text }, Oldest, null, limit, default)).Issues.Select(issue => issue.OrderId)];

    private Task<long> CountAsync(string text) => store!.Host.Queries.CountAsync(new() { Text = text }, default);

    /// <summary>Searches without the index aren't what is tested here.</summary>
    private void AssertUsed() => Assert.That(Index.CatchUp(default), Is.Not.Null);
}
