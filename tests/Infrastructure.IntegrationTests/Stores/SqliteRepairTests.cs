using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Identifiers that earlier versions stored with format characters.</summary>
public sealed class SqliteRepairTests
{
    private EmptyStore? store;

    private IOrderIssueQueries Queries => store!.Host.Queries;

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(StoreKind.Sqlite);

    [TearDown]
    public async Task Stop() => await store!.DisposeAsync();

    [Test]
    public async Task Cleans_identifiers_and_nothing_else()
    {
        var details = IssueFactory.FullDetails("A\u200b-1") with
        {
            TicketId = "\ufeff18362",
            Items = [new("MUG\u00ad", 2), new("VASE", 1), new("TAG\U000e0020", 1)],
            TrackingNumber = ["T\u20601"],
            CustomerEmail = "\u202ejosh@example.com",
            Notes = "soft\u00adhyphen",
        };
        var (issue, _) = await store!.Host.Store.AddAsync(OrderIssue.Open(details, IssueFactory.Statuses, IssueFactory.Now), default);
        var (other, _) = await store.Host.Store.AddAsync(
            OrderIssue.Open(IssueFactory.FullDetails("花") with { CustomerEmail = "josé@example.com" }, IssueFactory.Statuses, IssueFactory.Now), default);
        string[] kinds = ["OrderId", "ticketId", "items", "trackingNumber", "customerEmail"];

        foreach (var apply in new[] { false, true })
        {
            var found = (await store!.Host.RepairAsync(apply)).Single();
            Assert.That((found.Id, found.IsChanged, found.Changes), Is.EqualTo((issue.Id.ToString(), true, kinds.Select(kind => $"{kind}: format characters"))));
        }

        Assert.That(await store!.Host.RepairAsync(apply: true), Is.Empty);
        var expected = issue with
        {
            OrderId = "A-1",
            TicketId = "18362",
            Items = [new("MUG", 2), new("VASE", 1), new("TAG", 1)],
            TrackingNumber = ["T1"],
            CustomerEmail = "josh@example.com",
        };
        foreach (var (stored, wanted) in new[] { (await FindAsync(issue), expected), (await FindAsync(other), other) })
        {
            Assert.That(IssueField.All.Select(field => field.Get(stored)), Is.EqualTo(IssueField.All.Select(field => field.Get(wanted))));
        }

        foreach (var (field, value, count) in new[] { (IssueField.Sku, "MUG", 1), (IssueField.Sku, "MUG\u00ad", 0), (IssueField.TrackingNumber, "T1", 1), (IssueField.TrackingNumber, "T\u20601", 0) })
        {
            Assert.That(await Queries.CountAsync(new() { Fields = IssueFactory.Values((field, [value])) }, default), Is.EqualTo(count), value);
        }

        Assert.That(await Queries.CountAsync(new() { Text = "A-1" }, default), Is.EqualTo(1));
    }

    [Test]
    public async Task Leaves_alone_what_has_nothing_else_in_it()
    {
        var (issue, _) = await store!.Host.Store.AddAsync(IssueFactory.Issue("\u200b"), default);

        var found = (await store!.Host.RepairAsync(apply: true)).Single();

        Assert.That((found.IsChanged, found.NotUnderstood), Is.EqualTo((false, new[] { "OrderId: text" })));
        Assert.That((await FindAsync(issue)).OrderId, Is.EqualTo("\u200b"));
    }

    [Test]
    public async Task Goes_on_after_it_was_ended()
    {
        const int Issues = 1_500;
        await Parallel.ForAsync(0, Issues, async (i, _) => await store!.Host.Store.AddAsync(IssueFactory.Issue($"A\u200b-{i}"), default));
        await foreach (var batch in store!.Host.Repair.RunAsync(apply: true, default))
        {
            Assert.That(batch.Found, Has.Count.EqualTo(batch.Seen).And.Count.LessThan(Issues));
            break;
        }

        Assert.That(await store!.Host.RepairAsync(apply: true), Has.Count.LessThan(Issues).And.Count.GreaterThan(0));
        Assert.That(await store!.Host.RepairAsync(apply: true), Is.Empty);
    }

    private async Task<OrderIssue> FindAsync(OrderIssue issue) => (await store!.Host.Store.FindAsync(issue.Id, default))!;
}
