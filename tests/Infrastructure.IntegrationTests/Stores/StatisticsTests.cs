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

    private static IEnumerable<IssueField> GroupFields() => IssueField.All.Where(field => field.Is(FieldTraits.Groupable));

    private static IEnumerable<IssueField> FilterAndGroupFields() => GroupFields().Where(field => field.Is(FieldTraits.Filterable));

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
                Assignee = Name(),
                Tags = [.. new[] { "late", "vip", "größe" }.Where(_ => random.Next(2) == 0)],
                Priority = i % 3 == 0 ? null : "high",
                Fault = i % 5 == 0 ? "carrier" : null,
                Cost = i % 4 == 0 ? null : new(i + 0.01m, i % 3 == 0 ? "EUR" : "USD"),
                Items = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new IssueItem(skus[random.Next(skus.Length)], random.Next(1, 5)))],
            };
            var issue = await AddAsync(details, Now.AddHours(i));
            issues.Add(i % 3 == 0 ? await ApplyAsync(issue.ChangeStatus("done", null, Statuses, Now.AddHours(i + 1 + (i % 5)))) : issue);
        }

        foreach (var order in new[] { "A-1", null })
        {
            var filter = new IssueFilter { Fields = order is null ? Values() : Values((IssueField.OrderId, [order])) };
            var meant = issues.Where(issue => order is null || issue.OrderId == order).ToList();

            var statistics = IssueStatistics.Of(await store!.Host.Queries.TallyAsync(filter, [by], default), [by], Statuses);

            Assert.That(statistics.Issues, Is.EqualTo(meant.Count).And.EqualTo(await store.Host.Queries.CountAsync(filter, default)));
            Assert.That(statistics.Units, Is.EqualTo(meant.Sum(issue => issue.Items.Sum(item => item.Qty))));
            Assert.That(statistics.Groups.Select(Row), Is.EquivalentTo(Expected(meant, by).Select(Row)));
            Assert.That(statistics.Groups.Select(group => group.Issues), Is.Ordered.Descending);
            Assert.That(statistics.Cost, Is.EqualTo(CostOf(meant)));
            Assert.That(statistics.Groups.Select(group => (group.Key, Cost: string.Join(' ', group.Cost))), Is.EquivalentTo(Expected(meant, by).Select(group => (group.Key, Cost: string.Join(' ', group.Cost)))));
        }
    }

    [Test]
    public async Task Counts_an_issue_once_in_the_group_of_a_SKU_and_its_units_together()
    {
        await AddAsync(Details() with { Items = [new("mug", 1), new("CUP", 5), new("mug", 2)] }, Now);
        await AddAsync(Details() with { Items = [new("mug", 3)] }, Now);
        await AddAsync(Details() with { Items = [new("mug", 4)] }, Now);

        var statistics = await OfAsync(IssueField.Sku);

        Assert.That((statistics.Issues, statistics.Units), Is.EqualTo((3, 15)));
        Assert.That(statistics.Groups.Select(Row), Is.EqualTo(new object[] { ("mug", 3L, 10L, 3L, -1.0), ("CUP", 1L, 5L, 1L, -1.0) }));
    }

    [Test]
    public async Task Takes_a_SKU_in_another_case_for_another_one_as_the_filter_does()
    {
        await AddAsync(Details() with { Items = [new("É1", 1), new("é1", 2), new("MUG", 3), new("mug", 4)] }, Now);

        var statistics = await OfAsync(IssueField.Sku);

        Assert.That(statistics.Groups.Select(group => (group.Key, group.Issues, group.Units)), Is.EquivalentTo(new[] { ("É1", 1L, 1L), ("é1", 1L, 2L), ("MUG", 1L, 3L), ("mug", 1L, 4L) }));
        Assert.That(statistics.Issues, Is.EqualTo(1));
    }

    [Test]
    public async Task Counts_by_two_fields()
    {
        await AddAsync(Details() with { Packer = "Ann", Items = [new("MUG", 1), new("CUP", 2)] }, Now);
        await AddAsync(Details() with { Packer = "ann", Items = [new("MUG", 3)] }, Now);
        await AddAsync(Details() with { Items = [new("MUG", 4)] }, Now);
        await AddAsync(Details(), Now);

        var bySku = await OfAsync(IssueField.Sku, IssueField.Packer);
        var byPacker = await OfAsync(IssueField.Packer, IssueField.Day);

        static string Text(IssueGroup group) => $"{string.Join('/', group.Keys.Select(key => key ?? "-"))} {group.Issues} {group.Units}";
        Assert.That((bySku.Issues, bySku.Units), Is.EqualTo((4, 10)));
        Assert.That(bySku.Groups.Select(Text), Is.EqualTo(new[] { "MUG/Ann 2 4", "CUP/Ann 1 2", "MUG/- 1 4", "-/- 1 0" }));
        Assert.That(byPacker.Groups.Select(Text), Is.EqualTo(new[] { "-/2025-11-20 2 4", "Ann/2025-11-20 2 6" }));
    }

    [Test]
    public async Task Counts_by_each_tag_and_by_SKU_and_tag_together()
    {
        await AddAsync(Details() with { Tags = ["late", "vip"], Items = [new("MUG", 1), new("CUP", 2), new("MUG", 4)], Cost = new(1.1m, "EUR") }, Now);
        await AddAsync(Details() with { Tags = ["vip"], Cost = new(2.2m, "EUR") }, Now);
        await AddAsync(Details() with { Items = [new("MUG", 8)] }, Now);

        var byTag = await OfAsync(IssueField.Tag);
        var byBoth = await OfAsync(IssueField.Sku, IssueField.Tag);

        static string Text(IssueGroup group) => $"{string.Join('/', group.Keys.Select(key => key ?? "-"))} {group.Issues} {group.Units} {group.Cost.Sum(cost => cost.Amount)}";
        Assert.That((byTag.Issues, byTag.Units, byTag.Cost.Single()), Is.EqualTo((3, 15, new Cost(3.3m, "EUR"))));
        Assert.That(byTag.Groups.Select(Text), Is.EqualTo(new[] { "vip 2 7 3.3", "late 1 7 1.1", "- 1 8 0" }));
        Assert.That((byBoth.Issues, byBoth.Cost.Single()), Is.EqualTo((3, new Cost(3.3m, "EUR"))));
        Assert.That(
            byBoth.Groups.Select(Text),
            Is.EquivalentTo(new[] { "MUG/vip 1 5 1.1", "MUG/late 1 5 1.1", "CUP/vip 1 2 1.1", "CUP/late 1 2 1.1", "-/vip 1 0 2.2", "MUG/- 1 8 0" }));
    }

    [Test]
    public async Task Spells_a_name_alike_in_all_groups_of_two_fields()
    {
        foreach (var (packer, picker) in new[] { ("Ann", "Bob"), ("ANN", "bob"), ("Ann", "bob"), ("élise", "Jim"), ("ÉLISE", null), ("Élise ", null), ("ÉLISE", "bob"), ("ann", "Jim") })
        {
            await AddAsync(Details() with { Packer = packer, Picker = picker }, Now);
        }

        var groups = (await OfAsync(IssueField.Packer, IssueField.Picker)).Groups;

        Assert.That(
            groups.Select(group => $"{string.Join('/', group.Keys.Select(key => key ?? "-"))} {group.Issues}"),
            Is.EquivalentTo(new[] { "Ann/bob 3", "ÉLISE/- 2", "ÉLISE/Jim 1", "ÉLISE/bob 1", "Ann/Jim 1" }));
    }

    [Test]
    public async Task A_group_and_the_filter_by_its_key_find_the_same_issues([ValueSource(nameof(FilterAndGroupFields))] IssueField by)
    {
        string?[] names = [null, "Ann", "ANN", "ann", "Åsa", "åsa", "A.n", "a_n"];
        foreach (var name in names)
        {
            await AddAsync(new() { OrderId = "A-1", Source = "email", IssueType = name, Picker = name, Packer = name, Palletter = name, Assignee = name, Tags = name is null ? [] : [name.ToLowerInvariant()], Priority = name?.ToLowerInvariant(), Fault = name?.ToLowerInvariant(), Items = name is null ? [] : [new(name, 1)] }, Now);
        }

        foreach (var group in (await OfAsync(by)).Groups)
        {
            var found = await store!.Host.Queries.CountAsync(new() { Fields = Values((by, [group.Key])) }, default);
            Assert.That(found, Is.EqualTo(group.Issues), $"{group.Key}");
        }
    }

    [Test]
    public async Task Leaves_out_times_to_resolve_that_a_wrong_clock_made_negative()
    {
        var resolved = await AddAsync(Details(status: "done"), Now);
        var early = resolved with { CreatedAt = Now.AddDays(-2), UpdatedAt = null, IssueResolvedAt = null };
        await ApplyAsync(new IssueChange(early, Now.AddDays(-2), HistoryActions.Edited) { Fields = [new("issueResolvedAt", Now, Now.AddDays(-2))] });

        Assert.That((await OfAsync(IssueField.Status)).Groups.Select(Row), Is.EqualTo(new object[] { ("done", 1L, 0L, 0L, -1.0) }));
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
            "assignee" => [issue.Assignee],
            "tag" => issue.Tags.Count == 0 ? [null] : [.. issue.Tags],
            "priority" => [issue.Priority],
            "fault" => [issue.Fault],
            "day" => [issue.CreatedAt!.Value.ToString("yyyy-MM-dd", null)],
            "sku" => issue.Items.Count == 0 ? [null] : [.. issue.Items.Select(item => item.Sku).Distinct()],
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };

        return from issue in issues
               from value in ValuesOf(issue)
               group (issue, value) by field.Fold(value) into spelled
               let grouped = spelled.Select(spelling => spelling.issue).ToList()
               let key = spelled.GroupBy(spelling => spelling.value).OrderByDescending(spelling => spelling.Count()).ThenBy(spelling => spelling.Key, StringComparer.Ordinal).First().Key
               let resolved = grouped.Where(issue => issue.IssueResolvedAt is not null).ToList()
               select new IssueGroup(
                   [key],
                   grouped.Count,
                   grouped.Sum(issue => issue.Items.Where(item => field != IssueField.Sku || item.Sku == key).Sum(item => item.Qty)),
                   grouped.Count(issue => issue.Status != "done"),
                   resolved.Count == 0 ? null : TimeSpan.FromTicks((long)resolved.Average(issue => (issue.IssueResolvedAt - issue.CreatedAt)!.Value.Ticks)),
                   CostOf(grouped));
    }

    private static IReadOnlyList<Cost> CostOf(IEnumerable<OrderIssue> issues) =>
    [
        .. from cost in issues.Select(issue => issue.Cost).OfType<Cost>()
           group cost.Amount by cost.Currency into amounts
           orderby amounts.Key
           select new Cost(amounts.Sum(), amounts.Key),
    ];

    private static object Row(IssueGroup group) =>
        (group.Key, group.Issues, group.Units, group.Open, group.TimeToResolve is { } time ? Math.Round(time.TotalSeconds) : -1);

    private async Task<OrderIssue> AddAsync(IssueDetails details, DateTimeOffset now) =>
        (await store!.Host.Store.AddAsync(OrderIssue.Open(details, Statuses, now), default)).Issue;

    private async Task<OrderIssue> ApplyAsync(IssueChange change) => ((ChangeResult.Applied)await store!.Host.Store.TryChangeAsync(change, default)).Issue;

    private async Task<IssueStatistics> OfAsync(params IssueField[] by) =>
        IssueStatistics.Of(await store!.Host.Queries.TallyAsync(new(), by, default), by, Statuses);
}
