using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every <see cref="IOrderIssueQueries"/> keeps.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class OrderIssueQueriesTests(StoreKind kind)
{
    private static readonly IssueSort Oldest = new(IssueField.CreatedAt, Descending: false);
    private static readonly IssueSort[] Sorts =
        [.. from field in IssueField.All.Where(field => field.Is(FieldTraits.Sortable)) from isDescending in new[] { false, true } select new IssueSort(field, isDescending)];

    private EmptyStore? store;

    private IOrderIssueStore Store => store!.Host.Store;

    private IOrderIssueQueries Queries => store!.Host.Queries;

    private static IEnumerable<IssueField> FilterFields() => IssueField.All.Where(field => field.Is(FieldTraits.Filterable));

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(kind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("OrderId", "111-0944945-3989852")]
    [TestCase("issueId", "1600001")]
    [TestCase("ticketId", "18362")]
    [TestCase("status", "open")]
    [TestCase("channel", "other")]
    [TestCase("source", "freshdesk-us")]
    [TestCase("issueType", "delivery issue")]
    [TestCase("sku", "MUG-BLUE-2")]
    [TestCase("sku", "VASE \"Ünïcode\" 花")]
    [TestCase("trackingNumber", "TRK124")]
    [TestCase("picker", "John")]
    [TestCase("packer", "Jane")]
    [TestCase("palletter", "Jim")]
    [TestCase("customerEmail", "josh@example.com")]
    [TestCase("createdBy", "agentName")]
    [TestCase("assignee", "KIM")]
    [TestCase("tag", "größe")]
    [TestCase("priority", "urgent")]
    [TestCase("fault", "carrier")]
    public async Task Finds_those_that_have_one_of_the_values(string name, string value)
    {
        var field = IssueField.Named(name);
        var found = await AddAsync(FullDetails());
        await AddAsync(new IssueDetails { OrderId = "A-2", Source = "email", IssueType = "damaged", Status = "pending" });

        foreach (var values in new[] { new[] { value }, ["nothing", value, "'"] })
        {
            Assert.That(await IdsAsync(new() { Fields = Values((field, values)) }), Is.EqualTo(new[] { found.Id }));
            Assert.That(await Queries.CountAsync(new() { Fields = Values((field, values)) }, default), Is.EqualTo(1));
        }

        Assert.That((await Queries.ListAsync(new() { Fields = Values((field, [value])) }, Oldest, null, 10, default)).Issues.Single().Items, Is.EqualTo(found.Items));
    }

    [Test]
    public async Task Takes_every_value_for_nothing_but_a_value(
        [ValueSource(nameof(FilterFields))] IssueField field,
        [Values("$ne", "{\"$ne\":\"\"}", "$where", ".*", "(a+)+$", "%", "_", "'", "\"", "' OR '1'='1", "?", "[]", "null", "true", "0", "MUG", "mug-blue-2", "MUG-BLUE-2 ", "josh")]
        string value)
    {
        await AddAsync(FullDetails());

        Assert.That(await IdsAsync(new() { Fields = Values((field, [value])) }), Is.Empty);
        Assert.That(await IdsAsync(new() { Fields = Values((field, [value, value + value])) }), Is.Empty);
    }

    [Test]
    public async Task Finds_those_that_meet_all_filters()
    {
        var both = await AddAsync(Details("A-1", "done"));
        await AddAsync(Details("A-1", "open"));
        await AddAsync(Details("A-2", "done"));

        Assert.That(
            await IdsAsync(new() { Fields = Values((IssueField.OrderId, ["A-1"]), (IssueField.Status, ["done", "pending"])) }),
            Is.EqualTo(new[] { both.Id }));
    }

    [TestCase(0, 1, 2)]
    [TestCase(1, null, 2, 3)]
    [TestCase(null, 1, 1)]
    [TestCase(1, 1)]
    public async Task Finds_those_of_a_time(int? from, int? to, params int[] expected)
    {
        var range = new TimeRange(from is null ? null : Now.AddMilliseconds(from.Value), to is null ? null : Now.AddMilliseconds(to.Value));
        var issues = new List<OrderIssue>();
        for (var i = -1; i < 2; i++)
        {
            issues.Add(await AddAsync(Details($"A-{i}"), Now.AddMilliseconds(i)));
        }

        var changed = issues[1].AddMessage("John", "Hello", Now.AddDays(1));
        await Store.TryChangeAsync(changed, default);

        Assert.That(await IdsAsync(new() { Times = Times(IssueField.CreatedAt, range) }), Is.EqualTo(issues.Where((_, i) => IsIn(Now.AddMilliseconds(i - 1))).Select(issue => issue.Id)));
        Assert.That(
            await IdsAsync(new() { Times = Times(IssueField.UpdatedAt, range) }),
            Is.EqualTo(issues.Where((_, i) => IsIn(i == 1 ? Now.AddDays(1) : Now.AddMilliseconds(i - 1))).Select(issue => issue.Id)));

        bool IsIn(DateTimeOffset time) => (from is null || time >= range.From) && (to is null || time < range.To);
    }

    [Test]
    public async Task Finds_those_shipped_or_resolved_at_a_time_and_none_without_one()
    {
        var found = await AddAsync(FullDetails() with { Status = "done", ShippedAt = Now.AddDays(-2) }, Now);
        await AddAsync(FullDetails() with { Status = "done", ShippedAt = Now.AddDays(-3) }, Now.AddDays(1));
        await AddAsync(Details());

        Assert.That(await IdsAsync(new() { Times = Times(IssueField.ShippedAt, new(Now.AddDays(-2), Now)) }), Is.EqualTo(new[] { found.Id }));
        Assert.That(await IdsAsync(new() { Times = Times(IssueField.IssueResolvedAt, new(null, Now.AddDays(1))) }), Is.EqualTo(new[] { found.Id }));
    }

    [Test]
    public async Task Finds_the_resolved_ones_and_the_others()
    {
        var open = await AddAsync(Details());
        var refunded = await AddAsync(Details(status: "refunded"));
        var done = await AddAsync(Details(status: "done"));

        Assert.That(await IdsAsync(new() { IsResolved = true, ResolvedStatuses = ["done", "refunded"] }), Is.EqualTo(new[] { refunded.Id, done.Id }));
        Assert.That(await IdsAsync(new() { IsResolved = false, ResolvedStatuses = ["done", "refunded"] }), Is.EqualTo(new[] { open.Id }));
    }

    [Test]
    public async Task Finds_the_overdue_ones_and_the_others()
    {
        var past = await AddAsync(Details() with { DueAt = Now.AddMilliseconds(-1) });
        await AddAsync(Details(status: "done") with { DueAt = Now.AddDays(-1) });
        await AddAsync(Details() with { DueAt = Now });
        await AddAsync(Details());

        var filter = new IssueFilter { IsOverdue = true, Now = Now, ResolvedStatuses = ["done"] };
        Assert.That(await IdsAsync(filter), Is.EqualTo(new[] { past.Id }));
        Assert.That(await Queries.CountAsync(filter, default), Is.EqualTo(1));
        Assert.That(await Queries.CountAsync(filter with { IsOverdue = false }, default), Is.EqualTo(3));
        Assert.That(await IdsAsync(filter with { IsOverdue = false }), Does.Not.Contain(past.Id));
    }

    [Test]
    public async Task Finds_what_is_unresolved_since_so_many_hours()
    {
        var old = await AddAsync(Details(), Now.AddHours(-3).AddMilliseconds(-1));
        await AddAsync(Details(status: "done"), Now.AddHours(-4));
        await AddAsync(Details(), Now.AddHours(-3));

        var filter = new IssueFilter { OlderThanHours = 3, Now = Now, ResolvedStatuses = ["done"] };
        Assert.That(await IdsAsync(filter), Is.EqualTo(new[] { old.Id }));
        Assert.That(await IdsAsync(filter with { IsResolved = true }), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Lists_what_is_never_due_after_the_rest(bool isDescending)
    {
        var due = new List<OrderIssue>();
        foreach (var day in new[] { 2, 1, 1, 3 })
        {
            due.Add(await AddAsync(Details() with { DueAt = Now.AddDays(day) }));
            due.Add(await AddAsync(Details()));
        }

        var sort = new IssueSort(IssueField.DueAt, isDescending);
        var expected = due.Where(issue => issue.DueAt is not null).OrderBy(issue => (issue.DueAt, issue.Id)).Select(issue => issue.Id).ToList();
        var never = due.Where(issue => issue.DueAt is null).Select(issue => issue.Id).Order().ToList();
        if (isDescending)
        {
            expected.Reverse();
            never.Reverse();
        }

        for (var limit = 1; limit < 9; limit++)
        {
            var listed = new List<EntityId>();
            for (IssuePage? page = null; page is null || page.Last is not null;)
            {
                page = await Queries.ListAsync(new(), sort, page?.Last, limit, default);
                listed.AddRange(page.Issues.Select(issue => issue.Id));
            }

            Assert.That(listed, Is.EqualTo(expected.Concat(never)), $"{limit} a page");
        }
    }

    [Test]
    public async Task Finds_those_that_have_no_value([ValueSource(nameof(FilterFields))] IssueField field)
    {
        var bare = await AddAsync(new IssueDetails { OrderId = "A-1" });
        var full = await AddAsync(FullDetails() with { Status = "pending" });
        var isMissing = field.Get(bare) is null or IReadOnlyCollection<string> { Count: 0 };
        var value = field.Get(full) is IReadOnlyList<string> values ? values[0] : (string)field.Get(full)!;

        Assert.That(await IdsAsync(new() { Fields = Values((field, [null])) }), Is.EqualTo(isMissing ? new[] { bare.Id } : []));
        Assert.That(await IdsAsync(new() { Fields = Values((field, [value, null])) }), Is.EqualTo(isMissing ? new[] { bare.Id, full.Id } : new[] { full.Id }));
    }

    [TestCase("Josh@example.com", "josh@example.com")]
    [TestCase("Josh@example.com", "JOSH@Example.COM")]
    [TestCase("Élodie.Müller@example.fr", "éLODIE.mÜLLER@example.fr")]
    [TestCase("елена@почта.рф", "ЕЛЕНА@Почта.РФ")]
    [TestCase("νίκος@example.gr", "ΝΊΚΟΣ@example.gr")]
    [TestCase("ΝΊΚΟΣ@example.gr", "νίκος@example.gr")]
    [TestCase("straße@example.de", "STRAẞE@example.de")]
    [TestCase("\U00010428@example.com", "\U00010400@EXAMPLE.com")]
    public async Task Finds_a_customers_address_in_any_case(string stored, string address)
    {
        var found = await AddAsync(FullDetails() with { CustomerEmail = stored });
        await AddAsync(FullDetails() with { CustomerEmail = stored.Replace('.', '_') });
        await AddAsync(FullDetails() with { CustomerEmail = null });

        foreach (var values in new[] { new[] { address }, ["x@example.com", address] })
        {
            Assert.That(await IdsAsync(new() { Fields = Values((IssueField.CustomerEmail, values)) }), Is.EqualTo(new[] { found.Id }));
        }
    }

    [Test]
    public async Task Finds_a_customer_by_the_address_that_an_issue_has_now()
    {
        var issue = await AddAsync(FullDetails() with { CustomerEmail = "Élodie@example.fr" });
        async Task ChangeToAsync(string? address)
        {
            var change = issue.Patch(new IssuePatch { CustomerEmail = address }, Statuses, Now)!;
            issue = ((ChangeResult.Applied)await Store.TryChangeAsync(change, default)).Issue;
        }

        Task<long> CountAsync(string? address) => Queries.CountAsync(new() { Fields = Values((IssueField.CustomerEmail, [address])) }, default);

        await ChangeToAsync("Ümit@example.fr");
        Assert.That((await CountAsync("élodie@example.fr"), await CountAsync("ümit@example.fr"), await CountAsync(null)), Is.EqualTo((0, 1, 0)));

        await ChangeToAsync("ÜMIT@example.fr");
        Assert.That(await CountAsync("ümit@example.fr"), Is.EqualTo(1));

        await ChangeToAsync(null);
        Assert.That((await CountAsync("ümit@example.fr"), await CountAsync(null)), Is.EqualTo((0, 1)));
    }

    [TestCase("花子")]
    [TestCase("os")]
    [TestCase("OS")]
    [TestCase("%_")]
    [TestCase("k2")]
    [TestCase("é!")]
    [TestCase("60")]
    public async Task Finds_texts_of_two_characters(string text)
    {
        var found = await AddAsync(new() { OrderId = "A-1", CustomerName = "Josh 花子", Notes = "100 %_ sure", Items = [new("MUG-K2", 1)], TrackingNumber = ["é!"] });
        await AddAsync(new() { OrderId = "[\"A", CustomerName = "花 子", Items = [new("x", 1)], TrackingNumber = ["y", "z"] });

        Assert.That(await IdsAsync(new() { Text = text, Fields = Values((IssueField.OrderId, ["A-1"])) }), Is.EqualTo(new[] { found.Id }));
        Assert.That(await IdsAsync(new() { Text = text }), text == "60" ? Has.Exactly(2).Items : Is.EqualTo(new[] { found.Id }));
        Assert.That(await IdsAsync(new() { Text = "\",\"" }), Is.Empty);
    }

    [Test]
    public async Task Finds_texts_between_whose_characters_others_are_that_nobody_sees()
    {
        var found = await AddAsync(new() { OrderId = "112\u200b-5550199", Notes = "The 👩\u200d🔧 came" });
        Assert.That(await Store.TryChangeAsync(found.AddMessage("John", "soft\u00adhyphen", Now), default), Is.InstanceOf<ChangeResult.Applied>());

        foreach (var text in new[] { "112-5550199", "👩🔧 came", "softhyphen" })
        {
            Assert.That(await IdsAsync(new() { Text = text }), Is.EqualTo(new[] { found.Id }), text);
        }
    }

    /// <summary>Also where many have the same time, and whatever the size of the pages.</summary>
    [Test]
    public async Task Walks_in_every_order_and_meets_each_once([ValueSource(nameof(Sorts))] IssueSort sort, [Values(1, 3, 200)] int limit)
    {
        var issues = new List<OrderIssue>();
        for (var i = 0; i < 12; i++)
        {
            var issue = await AddAsync(Details($"A-{i}") with { DueAt = Now.AddDays(i * 5 % 3) }, Now.AddSeconds(i * 7 % 4));
            issues.Add(issue);
        }

        for (var i = 0; i < 12; i += 2)
        {
            issues[i] = ((ChangeResult.Applied)await Store.TryChangeAsync(issues[i].AddMessage("John", $"{i}", Now.AddMinutes(i % 3)), default)).Issue;
        }

        var sorted = issues.OrderBy(issue => ((DateTimeOffset?)sort.By.Get(issue), issue.Id)).Select(issue => issue.Id);
        Assert.That((await WalkAsync(new(), sort, limit)).Select(issue => issue.Id), Is.EqualTo(sort.Descending ? sorted.Reverse() : sorted));
    }

    [Test]
    public async Task Lists_issues_whole()
    {
        var issue = await AddAsync(FullDetails());
        await Store.TryChangeAsync(issue.AddMessage("John", "Hello", Now), default);

        var listed = (await Queries.ListAsync(new(), Oldest, null, 1, default)).Issues.Single();

        var read = await Store.FindAsync(issue.IssueId!, default);
        foreach (var property in typeof(OrderIssue).GetProperties().Where(property => property.Name != nameof(OrderIssue.StoredBytes)))
        {
            Assert.That(property.GetValue(listed), Is.EqualTo(property.GetValue(read)), property.Name);
        }
    }

    [Test]
    public async Task Meets_each_that_was_there_at_the_start_once_while_others_write([Values] bool descending)
    {
        const int There = 1_200;
        var there = new OrderIssue[There];
        await Parallel.ForAsync(0, There, async (i, _) => there[i] = await AddAsync(Details($"A-{i}"), Now.AddMilliseconds(i % 100)));
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            // A walk need not overtake those who write without end.
            for (int writes = 0, i = writer; writes < 500 && !stop.IsCancellationRequested; writes++, i = (i + 37) % There)
            {
                await AddAsync(Details($"B-{i}"), Now.AddMilliseconds(i % 200));
                await Store.TryChangeAsync(there[i].AddMessage("John", "Hello", Now.AddDays(1)), default);
            }
        })).ToList();

        var met = await WalkAsync(new(), Oldest with { Descending = descending }, 50);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.That(met.Select(issue => issue.Id), Is.Unique);
        Assert.That(met.Count(issue => issue.OrderId.StartsWith('A')), Is.EqualTo(There));
    }

    [Test]
    public async Task Ends_a_page_early_once_it_is_large()
    {
        for (var i = 0; i < 4; i++)
        {
            var issue = await AddAsync(Details($"A-{i}"));
            for (var message = 0; message < 65; message++)
            {
                issue = ((ChangeResult.Applied)await Store.TryChangeAsync(issue.AddMessage("John", new string('花', 10_000), Now), default)).Issue;
            }
        }

        var page = await Queries.ListAsync(new(), Oldest, null, 200, default);

        Assert.That(page.Issues, Has.Count.EqualTo(3), "of nearly two MiB each, the third passes four");
        Assert.That(await WalkAsync(new(), Oldest, 200), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Has_an_empty_page_where_there_is_nothing()
    {
        var page = await Queries.ListAsync(new(), Oldest, null, 200, default);

        Assert.That((page.Issues.Count, page.Last), Is.EqualTo((0, (IssuePosition?)null)));
        Assert.That(await Queries.CountAsync(new(), default), Is.Zero);
    }

    private async Task<OrderIssue> AddAsync(IssueDetails details, DateTimeOffset? now = null) =>
        (await Store.AddAsync(OrderIssue.Open(details, Statuses, now ?? Now), default)).Issue;

    private static Dictionary<IssueField, TimeRange> Times(IssueField field, TimeRange range) => new() { [field] = range };

    private async Task<IEnumerable<EntityId>> IdsAsync(IssueFilter filter) => (await WalkAsync(filter, Oldest, 200)).Select(issue => issue.Id);

    private async Task<List<OrderIssue>> WalkAsync(IssueFilter filter, IssueSort sort, int limit)
    {
        var issues = new List<OrderIssue>();
        IssuePosition? after = null;
        do
        {
            var page = await Queries.ListAsync(filter, sort, after, limit, default);
            Assert.That(page.Issues, Has.Count.LessThanOrEqualTo(limit));
            issues.AddRange(page.Issues);
            after = page.Last;
        }
        while (after is not null);

        return issues;
    }
}
