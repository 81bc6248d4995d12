using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Events;

/// <summary>Contract of every <see cref="IEventLog"/>.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class EventLogTests(StoreKind storeKind)
{
    private EmptyStore store = null!;

    private IOrderIssueStore Issues => store.Host.Store;

    private IEventLog Log => store.Host.Services.GetRequiredService<IEventLog>();

    [SetUp]
    public async Task Start() => store = await EmptyStore.StartAsync(storeKind);

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task Begins_with_nothing()
    {
        var range = await Log.GetRangeAsync(default);

        Assert.That((range.Oldest, range.Latest), Is.EqualTo((1L, 0L)));
        Assert.That(range.Epoch, Is.Not.Empty);
        Assert.That(await Log.ReadAsync(0, 10, default), Is.Empty);
    }

    [Test]
    public async Task Tells_of_each_change_with_the_state_that_it_led_to()
    {
        var details = IssueFactory.FullDetails("A-1") with { CreatedBy = "Ann" };
        var reported = OrderIssue.Open(details, IssueFactory.Statuses, store.Time.GetUtcNow());
        var issue = (await Issues.AddAsync(reported with { Caller = "app" }, default)).Issue;
        issue = await ApplyAsync(issue.ChangeStatus("pending", "Ben", IssueFactory.Statuses, store.Time.GetUtcNow()) with { Caller = "app" });
        issue = await ApplyAsync(issue.ChangeStatus("pending", null, IssueFactory.Statuses, store.Time.GetUtcNow()));
        await Issues.AddMessageAsync(new NewMessage("A-1", null, "Cid", "Hello", store.Time.GetUtcNow()) { Caller = "app" }, default);
        issue = (await Issues.FindAsync(issue.Id, default))!;
        issue = await ApplyAsync(issue.Patch(new() { Notes = "x", Status = "done" }, IssueFactory.Statuses, store.Time.GetUtcNow())!);
        issue = await ApplyAsync(issue.Patch(new() { Notes = new Domain.Optional<string>(null) }, IssueFactory.Statuses, store.Time.GetUtcNow())!);

        var events = await ReadAsync(6);

        var at = store.Time.GetUtcNow();
        var common = new IssueEvent
        {
            Sequence = 0,
            Action = "",
            At = at,
            IssueId = "1600001",
            OrderId = "A-1",
            Source = "freshdesk-us",
            Version = 0,
            Status = "open",
        };
        Assert.That(events.Select(told => told with { At = at, Changed = [] }), Is.EqualTo(new[]
        {
            common with { Sequence = 1, Action = HistoryActions.Created, By = "Ann", Caller = "app" },
            common with { Sequence = 2, Action = HistoryActions.StatusChanged, Version = 1, Status = "pending", By = "Ben", Caller = "app" },
            common with { Sequence = 3, Action = HistoryActions.Confirmed, Version = 2, Status = "pending" },
            common with { Sequence = 4, Action = HistoryActions.MessageAdded, Version = 3, Status = "pending", By = "Cid", Caller = "app" },
            common with { Sequence = 5, Action = HistoryActions.Edited, Version = 4, Status = "done" },
            common with { Sequence = 6, Action = HistoryActions.Edited, Version = 5, Status = "done" },
        }.Select(told => told with { Changed = [] })).Using<IssueEvent>((one, other) => one.ToString() == other.ToString()));
        Assert.That(events.Select(told => string.Join(' ', told.Changed.Order())), Is.EqualTo(new[]
        {
            "status", "status", "", "discussion", "issueResolvedAt notes status", "notes",
        }));
        var history = (await store.Host.Queries.FindHistoryAsync("1600001", default))!;
        Assert.That(events.Select(told => told.At), Is.EqualTo(history.Select(entry => entry.At)));
    }

    [Test]
    public async Task Is_dense_and_has_each_change_once_among_many_writers_on_two_processes()
    {
        using var second = store.StartHost();
        var hosts = new[] { store.Host, second };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var host = hosts[(writer + i) % 2].Store;
                var issue = (await host.AddAsync(IssueFactory.Issue($"A-{writer}"), default)).Issue;
                var changes = Enumerable.Range(0, 4)
                    .Select(n => host.TryChangeAsync(issue.ChangeStatus($"s{n}", null, IssueFactory.Statuses, store.Time.GetUtcNow()), default));
                await Task.WhenAll(changes);
                await host.AddMessageAsync(new NewMessage($"A-{writer}", null, "Cid", "Hello", store.Time.GetUtcNow()), default);
            }
        })));

        var histories = new List<(string, int)>();
        for (var number = 1600001; await store.Host.Queries.FindHistoryAsync($"{number}", default) is { } history; number++)
        {
            histories.AddRange(history.Select((entry, version) => ($"{number} {entry.Action}", version)));
        }

        var events = await ReadAsync(histories.Count);

        Assert.That(events.Select(told => told.Sequence), Is.EqualTo(Enumerable.Range(1, events.Count).Select(i => (long)i)));
        Assert.That(events.Select(told => ($"{told.IssueId} {told.Action}", told.Version)), Is.EquivalentTo(histories));
        foreach (var ofIssue in events.GroupBy(told => told.IssueId))
        {
            Assert.That(ofIssue.Select(told => told.Version), Is.EqualTo(Enumerable.Range(0, ofIssue.Count())));
        }
    }

    [Test]
    public async Task Wakes_those_who_wait()
    {
        var range = await Log.GetRangeAsync(default);
        var waiting = Log.WaitAsync(range, default);
        Assert.That(waiting.IsCompleted, Is.False);

        await Issues.AddAsync(IssueFactory.Issue(), default);

        Assert.That(await waiting.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(range with { Latest = 1 }));
    }

    [Test]
    public async Task Tells_of_what_another_process_changed()
    {
        var waiting = Log.WaitAsync(await Log.GetRangeAsync(default), default);
        using (var other = store.StartHost())
        {
            await other.Store.AddAsync(IssueFactory.Issue(), default);
        }

        while (!waiting.IsCompleted)
        {
            await store.PassAsync();
        }

        Assert.That((await waiting).Latest, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_a_wait_that_is_cancelled()
    {
        using var end = new CancellationTokenSource();
        var waiting = Log.WaitAsync(await Log.GetRangeAsync(default), end.Token);

        await end.CancelAsync();

        Assert.That(async () => await waiting.WaitAsync(TimeSpan.FromSeconds(30)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Deletes_what_is_old_but_never_the_last_event()
    {
        for (var i = 0; i < 4; i++)
        {
            await Issues.AddAsync(IssueFactory.Issue(), default);
            await ReadAsync(i + 1);
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(await Log.RemoveAsync(store.Time.GetUtcNow() - TimeSpan.FromMinutes(2.5), default), Is.EqualTo(2));
        Assert.That((await Log.ReadAsync(0, 10, default)).Select(told => told.Sequence), Is.EqualTo(new[] { 3, 4 }));
        Assert.That((await Log.GetRangeAsync(default)).Oldest, Is.EqualTo(3));

        Assert.That(await Log.RemoveAsync(store.Time.GetUtcNow(), default), Is.EqualTo(1));
        Assert.That(await Log.RemoveAsync(store.Time.GetUtcNow(), default), Is.EqualTo(0));
        await Issues.AddAsync(IssueFactory.Issue(), default);
        Assert.That((await ReadAsync(2)).Select(told => told.Sequence), Is.EqualTo(new[] { 4, 5 }));
    }

    [Test]
    public async Task Keeps_its_epoch_over_restarts()
    {
        var epoch = (await Log.GetRangeAsync(default)).Epoch;
        await Issues.AddAsync(IssueFactory.Issue(), default);

        using var second = store.StartHost();

        Assert.That((await second.Services.GetRequiredService<IEventLog>().GetRangeAsync(default)).Epoch, Is.EqualTo(epoch));
    }

    private async Task<OrderIssue> ApplyAsync(IssueChange change) =>
        ((ChangeResult.Applied)await Issues.TryChangeAsync(change, default)).Issue;

    /// <summary>Reads all events once there are so many.</summary>
    private async Task<IReadOnlyList<IssueEvent>> ReadAsync(int count)
    {
        while (true)
        {
            var events = await Log.ReadAsync(0, int.MaxValue, default);
            if (events.Count >= count)
            {
                return events;
            }

            // A publisher of another process looks for changes from time to time.
            await store.PassAsync();
        }
    }
}
