using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class PagingTests(StoreKind store)
{
    private const int Count = 5;
    private readonly string order = Api.NewOrder();
    private readonly IOrderIssueClient client = DotnetClient.Of(Shared.On(store));

    [SetUp]
    public async Task CreateAsync()
    {
        for (var i = 0; i < Count; i++)
        {
            await client.CreateIssueAsync(new() { OrderId = order, Source = "email", IssueType = "damaged" });
        }
    }

    [Test]
    public async Task All_issues_come_once_over_any_number_of_pages([Values(1, 2, 200)] int limit)
    {
        var ids = new List<string?>();
        await foreach (var issue in client.AllIssuesAsync(new() { OrderId = [order], Sort = "createdAt", Limit = limit }))
        {
            ids.Add(issue.IssueId);
        }

        Assert.That(ids, Has.Count.EqualTo(Count).And.Unique.And.Ordered);
    }

    [Test]
    public async Task Pages_and_issues_go_on_from_a_cursor()
    {
        var options = new ListIssuesOptions { OrderId = [order], Limit = 2 };
        var pages = new List<IssueListResponse>();
        await foreach (var page in client.ListIssuesPagesAsync(options))
        {
            pages.Add(page);
        }

        Assert.That(pages.Select(page => page.Data.Count), Is.EqualTo(new[] { 2, 2, 1 }));
        options.Cursor = pages[0].Page.NextCursor;
        var rest = new List<string?>();
        await foreach (var issue in client.AllIssuesAsync(options))
        {
            rest.Add(issue.IssueId);
        }

        Assert.That(rest, Is.EqualTo(pages.Skip(1).SelectMany(page => page.Data).Select(issue => issue.IssueId)));
        Assert.That(options.Cursor, Is.EqualTo(pages[0].Page.NextCursor));
    }

    [Test]
    public async Task A_cancelled_walk_ends_before_the_next_issue([Values] bool onEnumerator)
    {
        using var cancellation = new CancellationTokenSource();
        var all = onEnumerator
            ? client.AllIssuesAsync(new() { OrderId = [order] }).WithCancellation(cancellation.Token)
            : client.AllIssuesAsync(new() { OrderId = [order] }, cancellation.Token).WithCancellation(default);
        await using var issues = all.GetAsyncEnumerator();
        Assert.That(await issues.MoveNextAsync(), Is.True);

        await cancellation.CancelAsync();

        var stopped = await Assert.CatchAsync<OperationCanceledException>(async () => await issues.MoveNextAsync());
        Assert.That(stopped!.CancellationToken.IsCancellationRequested, Is.True);
    }
}
