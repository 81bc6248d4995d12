using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every <see cref="IOrderIssueQueries"/> keeps.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class OrderIssueQueriesTests(StoreKind kind)
{
    private static readonly IssueSort Oldest = new(SortField.CreatedAt, Descending: false);
    private static readonly IssueSort[] Sorts =
        [.. from field in Enum.GetValues<SortField>() from isDescending in new[] { false, true } select new IssueSort(field, isDescending)];

    private EmptyStore? store;

    private IOrderIssueStore Store => store!.Host.Store;

    private IOrderIssueQueries Queries => store!.Host.Queries;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(kind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase(FilterField.OrderId, "111-0944945-3989852")]
    [TestCase(FilterField.IssueId, "1600001")]
    [TestCase(FilterField.TicketId, "18362")]
    [TestCase(FilterField.Status, "open")]
    [TestCase(FilterField.Channel, "other")]
    [TestCase(FilterField.Source, "freshdesk-us")]
    [TestCase(FilterField.IssueType, "delivery issue")]
    [TestCase(FilterField.Sku, "MUG-BLUE-2")]
    [TestCase(FilterField.Sku, "VASE \"Ünïcode\" 花")]
    [TestCase(FilterField.TrackingNumber, "TRK124")]
    [TestCase(FilterField.Picker, "John")]
    [TestCase(FilterField.Packer, "Jane")]
    [TestCase(FilterField.Palletter, "Jim")]
    [TestCase(FilterField.CustomerEmail, "josh@example.com")]
    [TestCase(FilterField.CreatedBy, "agentName")]
    public async Task Finds_those_that_have_one_of_the_values(FilterField field, string value)
    {
        var found = await AddAsync(FullDetails());
        await AddAsync(new IssueDetails { OrderId = "A-2", Source = "email", IssueType = "damaged", Status = "pending" });

        foreach (var values in new[] { new[] { value }, ["nothing", value, "'"] })
        {
            Assert.That(await IdsAsync(new() { Fields = [new(field, values)] }), Is.EqualTo(new[] { found.Id }));
            Assert.That(await Queries.CountAsync(new() { Fields = [new(field, values)] }, default), Is.EqualTo(1));
        }

        Assert.That((await Queries.ListAsync(new() { Fields = [new(field, [value])] }, Oldest, null, 10, default)).Issues.Single().Items, Is.EqualTo(found.Items));
    }

    [Test]
    public async Task Takes_every_value_for_nothing_but_a_value(
        [Values] FilterField field,
        [Values("$ne", "{\"$ne\":\"\"}", "$where", ".*", "(a+)+$", "%", "_", "'", "\"", "' OR '1'='1", "?", "[]", "null", "true", "0", "MUG", "mug-blue-2", "MUG-BLUE-2 ", "josh")]
        string value)
    {
        await AddAsync(FullDetails());

        Assert.That(await IdsAsync(new() { Fields = [new(field, [value])] }), Is.Empty);
        Assert.That(await IdsAsync(new() { Fields = [new(field, [value, value + value])] }), Is.Empty);
    }

    [Test]
    public async Task Finds_those_that_meet_all_filters()
    {
        var both = await AddAsync(Details("A-1", "done"));
        await AddAsync(Details("A-1", "open"));
        await AddAsync(Details("A-2", "done"));

        Assert.That(
            await IdsAsync(new() { Fields = [new(FilterField.OrderId, ["A-1"]), new(FilterField.Status, ["done", "pending"])] }),
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

        Assert.That(await IdsAsync(new() { CreatedAt = range }), Is.EqualTo(issues.Where((_, i) => IsIn(Now.AddMilliseconds(i - 1))).Select(issue => issue.Id)));
        Assert.That(
            await IdsAsync(new() { UpdatedAt = range }),
            Is.EqualTo(issues.Where((_, i) => IsIn(i == 1 ? Now.AddDays(1) : Now.AddMilliseconds(i - 1))).Select(issue => issue.Id)));

        bool IsIn(DateTimeOffset time) => (from is null || time >= range.From) && (to is null || time < range.To);
    }

    /// <summary>Also where many have the same time, and whatever the size of the pages.</summary>
    [Test]
    public async Task Walks_in_every_order_and_meets_each_once([ValueSource(nameof(Sorts))] IssueSort sort, [Values(1, 3, 200)] int limit)
    {
        var issues = new List<OrderIssue>();
        for (var i = 0; i < 12; i++)
        {
            var issue = await AddAsync(Details($"A-{i}"), Now.AddSeconds(i * 7 % 4));
            issues.Add(issue);
        }

        for (var i = 0; i < 12; i += 2)
        {
            issues[i] = ((ChangeResult.Applied)await Store.TryChangeAsync(issues[i].AddMessage("John", $"{i}", Now.AddMinutes(i % 3)), default)).Issue;
        }

        var sorted = issues.OrderBy(issue => (sort.By == SortField.CreatedAt ? issue.CreatedAt : issue.UpdatedAt, issue.Id)).Select(issue => issue.Id);
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
            for (var i = writer; !stop.IsCancellationRequested; i = (i + 37) % There)
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
