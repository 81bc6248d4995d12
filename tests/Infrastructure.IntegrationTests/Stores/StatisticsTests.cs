using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every store counts.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class StatisticsTests(StoreKind kind)
{
    private EmptyStore? store;

    private static IEnumerable<IssueField> GroupFields() => IssueField.All.Where(field => field.IsGroupable);

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(kind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task Counts_by_each_field_what_a_loop_over_the_issues_counts([ValueSource(nameof(GroupFields))] IssueField by)
    {
        string?[] names = [null, "Ann", "ANN", "Åsa", "åsa", "Bob", "bob", "bob"];
        string[] skus = ["Mug", "MUG", "mug", "Cup", "Vase"];
        var random = new Random(7);
        string? Name() => names[random.Next(names.Length)];
        var issues = new List<OrderIssue>();
        for (var i = 0; i < 120; i++)
        {
            var details = new IssueDetails
            {
                OrderId = $"A-{i % 3}",
                Source = i % 2 == 0 ? "email" : "freshdesk-us",
                IssueType = Name(),
                Status = i % 4 == 0 ? "pending" : null,
                Picker = Name(),
                Packer = Name(),
                Palletter = Name(),
                Items = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new IssueItem(skus[random.Next(skus.Length)], random.Next(1, 5)))],
            };
            var issue = await AddAsync(details, Now.AddHours(i));
            issues.Add(i % 3 == 0 ? await ApplyAsync(issue.ChangeStatus("done", null, Statuses, Now.AddHours(i + 1 + (i % 5)))) : issue);
        }

        foreach (var order in new[] { "A-1", null })
        {
            var filter = new IssueFilter { Fields = order is null ? Values() : Values((IssueField.OrderId, [order])) };
            var meant = issues.Where(issue => order is null || issue.OrderId == order).ToList();

            var statistics = IssueStatistics.Of(await store!.Host.Queries.TallyAsync(filter, by, default), Statuses);

            Assert.That(statistics.Issues, Is.EqualTo(meant.Count).And.EqualTo(await store.Host.Queries.CountAsync(filter, default)));
            Assert.That(statistics.Units, Is.EqualTo(meant.Sum(issue => issue.Items.Sum(item => item.Qty))));
            Assert.That(statistics.Groups.Select(Row), Is.EquivalentTo(Expected(meant, by).Select(Row)));
            Assert.That(statistics.Groups.Select(group => group.Issues), Is.Ordered.Descending);
        }
    }

    [Test]
    public async Task Counts_an_issue_once_in_the_group_of_a_SKU_and_its_units_together()
    {
        await AddAsync(Details() with { Items = [new("MUG", 1), new("CUP", 5), new("mug", 2)] }, Now);
        await AddAsync(Details() with { Items = [new("mug", 3)] }, Now);
        await AddAsync(Details() with { Items = [new("mug", 4)] }, Now);

        var statistics = await OfAsync(IssueField.Sku);

        Assert.That((statistics.Issues, statistics.Units), Is.EqualTo((3, 15)));
        Assert.That(statistics.Groups, Is.EqualTo(new IssueGroup[] { new("mug", 3, 10, 3, null), new("CUP", 1, 5, 1, null) }));
    }

    [Test]
    public async Task Leaves_out_times_to_resolve_that_a_wrong_clock_made_negative()
    {
        var resolved = await AddAsync(Details(status: "done"), Now);
        var early = resolved with { CreatedAt = Now.AddDays(-2), UpdatedAt = null, IssueResolvedAt = null };
        await ApplyAsync(new IssueChange(early, Now.AddDays(-2), HistoryActions.Edited) { Fields = [new("issueResolvedAt", Now, Now.AddDays(-2))] });

        Assert.That((await OfAsync(IssueField.Status)).Groups, Is.EqualTo(new IssueGroup[] { new("done", 1, 0, 0, null) }));
    }

    [Test]
    public async Task Counts_nothing_where_there_is_nothing([ValueSource(nameof(GroupFields))] IssueField by)
    {
        var statistics = await OfAsync(by);

        Assert.That((statistics.Issues, statistics.Units, statistics.Groups.Count), Is.EqualTo((0, 0, 0)));
    }

    private static IEnumerable<IssueGroup> Expected(List<OrderIssue> issues, IssueField field)
    {
        string?[] ValuesOf(OrderIssue issue) => field.Name switch
        {
            "status" => [issue.Status],
            "channel" => [issue.Channel],
            "source" => [issue.Source],
            "issueType" => [issue.IssueType],
            "picker" => [issue.Picker],
            "packer" => [issue.Packer],
            "palletter" => [issue.Palletter],
            "day" => [issue.CreatedAt!.Value.ToString("yyyy-MM-dd", null)],
            "sku" => issue.Items.Count == 0 ? [null] : [.. issue.Items.Select(item => item.Sku).Distinct(StringComparer.OrdinalIgnoreCase)],
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };

        return from issue in issues
               from value in ValuesOf(issue)
               group issue by value?.ToUpperInvariant() into grouped
               let resolved = grouped.Where(issue => issue.IssueResolvedAt is not null).ToList()
               select new IssueGroup(
                   grouped.Key,
                   grouped.Count(),
                   grouped.Sum(issue => issue.Items.Where(item => field != IssueField.Sku || item.Sku.Equals(grouped.Key, StringComparison.OrdinalIgnoreCase)).Sum(item => item.Qty)),
                   grouped.Count(issue => issue.Status != "done"),
                   resolved.Count == 0 ? null : TimeSpan.FromTicks((long)resolved.Average(issue => (issue.IssueResolvedAt - issue.CreatedAt)!.Value.Ticks)));
    }

    private static object Row(IssueGroup group) =>
        (group.Key?.ToUpperInvariant(), group.Issues, group.Units, group.Open, group.TimeToResolve is { } time ? Math.Round(time.TotalSeconds) : -1);

    private async Task<OrderIssue> AddAsync(IssueDetails details, DateTimeOffset now) =>
        (await store!.Host.Store.AddAsync(OrderIssue.Open(details, Statuses, now), default)).Issue;

    private async Task<OrderIssue> ApplyAsync(IssueChange change) => ((ChangeResult.Applied)await store!.Host.Store.TryChangeAsync(change, default)).Issue;

    private async Task<IssueStatistics> OfAsync(IssueField by) => IssueStatistics.Of(await store!.Host.Queries.TallyAsync(new(), by, default), Statuses);
}
