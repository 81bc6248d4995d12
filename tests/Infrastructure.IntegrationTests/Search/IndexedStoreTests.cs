using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.Infrastructure.Search;
using OrderIssues.TestCommon;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Search;

/// <summary>What every store finds by its index of texts, while another process writes.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class IndexedStoreTests(StoreKind kind)
{
    private EmptyStore? store;
    private StoreHost? writer;

    private TextIndex Index => IndexOf(store!.Host);

    [SetUp]
    public async Task Start()
    {
        store = await EmptyStore.StartAsync(kind, hasIndexFile: true);
        writer = StoreHost.Start(store.Setting);
    }

    [TearDown]
    public async Task Stop()
    {
        writer?.Dispose();
        await (store?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task Finds_at_once_what_was_acknowledged()
    {
        Index.Prepare(default);

        var issue = await AddAsync("A-1", notes: "porcelain");
        Assert.That(await FoundAsync("porcelain"), Is.EqualTo(new[] { "A-1" }));

        issue = await ChangeAsync(issue.AddMessage("Jane", "It arrived in shards", Now));
        Assert.That(await FoundAsync("shards"), Is.EqualTo(new[] { "A-1" }));

        await ChangeAsync(issue.Patch(new() { Notes = new("stoneware") }, Statuses, Now)!);
        Assert.That(await FoundAsync("porcelain"), Is.Empty);
        Assert.That(await FoundAsync("stoneware"), Is.EqualTo(new[] { "A-1" }));
        Assert.That(await FoundAsync("shards"), Is.EqualTo(new[] { "A-1" }));
        AssertUsed(store!.Host);
    }

    [Test]
    public async Task Has_what_was_there_before_it_and_goes_on_after_a_restart()
    {
        for (var i = 0; i < 30; i++)
        {
            var issue = await AddAsync($"A-{i}", notes: i % 3 == 0 ? "porcelain" : "glass");
            await ChangeAsync(issue.AddMessage("Jane", i % 5 == 0 ? "shards" : "scratches", Now));
        }

        Index.Prepare(default);
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(10));
        Assert.That(await FoundAsync("shards"), Has.Count.EqualTo(6));
        AssertUsed(store!.Host);

        store.Host.Dispose();
        await AddAsync("A-30", notes: "porcelain");
        using var restarted = store.StartHost();
        IndexOf(restarted).Prepare(default);
        Assert.That(await FoundAsync("porcelain", restarted), Has.Count.EqualTo(11));
        Assert.That(await FoundAsync("shards", restarted), Has.Count.EqualTo(6));
        AssertUsed(restarted);
    }

    [Test]
    public async Task Finds_all_the_same_while_its_file_is_gone_and_makes_it_anew()
    {
        await AddAsync("A-1", notes: "porcelain");
        Index.Prepare(default);
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(1));

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(store!.IndexFile)!, "*-search*"))
        {
            File.Delete(file);
        }

        await AddAsync("A-2", notes: "porcelain");
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(2));

        Assert.That(Index.Prepare(default), Is.EqualTo(2));
        Assert.That(await FoundAsync("porcelain"), Has.Count.EqualTo(2));
        AssertUsed(store.Host);
    }

    private static TextIndex IndexOf(StoreHost host) => host.Services.GetRequiredService<TextIndex>();

    /// <summary>Searches without the index aren't what is tested here.</summary>
    private static void AssertUsed(StoreHost host) => Assert.That(IndexOf(host).CatchUp(default), Is.Not.Null);

    private async Task<OrderIssue> AddAsync(string orderId, string notes) =>
        (await writer!.Store.AddAsync(OrderIssue.Open(new() { OrderId = orderId, Source = "email", Notes = notes }, Statuses, Now), default)).Issue;

    private async Task<OrderIssue> ChangeAsync(IssueChange change) => ((ChangeResult.Applied)await writer!.Store.TryChangeAsync(change, default)).Issue;

    private async Task<IReadOnlyList<string>> FoundAsync(string text, StoreHost? of = null) =>
        [.. (await (of ?? store!.Host).Queries.ListAsync(new() { Text = text }, new(IssueField.CreatedAt, false), null, 50, default)).Issues.Select(issue => issue.OrderId)];
}
