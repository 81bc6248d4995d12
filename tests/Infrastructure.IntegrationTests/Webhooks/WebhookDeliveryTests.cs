using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Webhooks;
using OrderIssues.Application.Webhooks.Deliveries;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>Deliveries to one endpoint, whose state is in each store.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
[CancelAfter(60_000)]
public sealed class WebhookDeliveryTests(StoreKind storeKind)
{
    private static readonly WebhookEndpoint Endpoint = new() { Name = "ERP", Address = "" };

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    // The store's own clock stands, so that its background work costs nothing.
    private readonly MovedClock time = new(EmptyStore.NewTime().GetUtcNow());
    private EmptyStore store = null!;
    private EventLogInMemory log = null!;
    private FakeReceiver receiver = null!;

    private DateTimeOffset Now => time.GetUtcNow();

    private Records<FailingDelivery> Pending => new(store.Host.Records, "webhooksPending:erp");

    private Records<EndpointState> States => new(store.Host.Records, "webhooks");

    private Records<FailingDelivery> Failed => new(store.Host.Records, "webhooksFailed:erp");

    [SetUp]
    public async Task Start()
    {
        store = await EmptyStore.StartAsync(storeKind);
        (log, receiver) = (new(time), new(time));
    }

    [TearDown]
    public async Task Stop() => await (store?.DisposeAsync() ?? default);

    [Test]
    public async Task A_new_endpoint_begins_at_the_end_and_gets_events_in_order()
    {
        log.Add(3);
        await using var instance = await StartAsync();

        log.Add(200);
        await PassUntilAsync(() => receiver.Attempts.Count == 200);

        Assert.That(receiver.Sequences, Is.EqualTo(Enumerable.Range(4, 200)));
        Assert.That(receiver.MostAtOnce, Is.EqualTo(1));
        await PassUntilAsync(async () => (await StateAsync()).Place == 203);
        Assert.That((await StateAsync()).LastSuccessAt, Is.Not.Null);
    }

    [Test]
    public async Task Kinds_that_an_endpoint_does_not_take_are_passed()
    {
        await using var instance = await StartAsync(Endpoint with { Types = ["order_issue.status_changed"] });

        log.Add(2);
        log.Add(1, HistoryActions.StatusChanged);
        log.Add();

        await PassUntilAsync(async () => (await StateAsync()).Place == 4);
        Assert.That(receiver.Sequences, Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public async Task A_poisoned_event_waits_by_itself_and_is_given_up_after_its_last_retry()
    {
        receiver.Answer = sequence => sequence == 2 ? FakeReceiver.Error : FakeReceiver.Ok;
        await using var instance = await StartAsync();
        log.Add(5);
        await PassUntilAsync(() => receiver.Attempts.Count == 5);
        Assert.That(receiver.Sequences, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));

        foreach (var (index, wait) in Waits.Index())
        {
            var last = receiver.Attempts[^1].At;
            await PassUntilAsync(async () => (await Pending.FindAsync(KeyOf(2)))?.Value.Attempts == index + 1);
            var record = (await Pending.FindAsync(KeyOf(2)))!;
            Assert.That(record.DueAt!.Value - record.Value.At, Is.InRange(wait * 0.9, wait * 1.1));
            await PassAsync(record.DueAt.Value - Now - TimeSpan.FromSeconds(0.5));
            Assert.That(receiver.Attempts, Has.Count.EqualTo(5 + index), "Not before it is due");
            await PassUntilAsync(() => receiver.Attempts.Count == 6 + index);
        }

        await PassUntilAsync(async () => (await Failed.FindAsync(KeyOf(2)))?.Value.Attempts == 10);
        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(2)) is null);
        Assert.That(receiver.Sequences.Skip(5), Is.All.EqualTo(2));
        Assert.That((await StateAsync()).IsDisabled, Is.False);
        Assert.That(instance.Log.Lines, Has.One.Contains("didn't get the event 2"));
    }

    [TestCase(120, 120)]
    [TestCase(1, 5)]
    [TestCase(500_000, 86_400)]
    public async Task Waits_as_long_as_the_receiver_asks_but_at_most_a_day(int asked, int expected)
    {
        receiver.Answer = _ => FakeReceiver.Error with { RetryAfter = TimeSpan.FromSeconds(asked) };
        await using var instance = await StartAsync();

        log.Add();

        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(1)) is not null);
        Assert.That(
            (await Pending.FindAsync(KeyOf(1)))!.Value.Wait.TotalSeconds,
            Is.InRange(asked < expected ? expected * 0.9 : Math.Min(asked, expected), expected * 1.1), "Not all at the same moment");
    }

    [Test]
    public async Task While_a_receiver_fails_events_wait_and_use_up_no_attempt()
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add(20);
        await WaitForPauseAsync(instance);

        await PassAsync(TimeSpan.FromSeconds(28));
        Assert.That(receiver.Sequences, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }), "Neither the next ones nor retries, which were due after 5 s");

        for (var probes = 1; probes <= 3; probes++)
        {
            await PassUntilAsync(() => receiver.Attempts.Count == 5 + probes);
            await PassAsync(TimeSpan.FromSeconds(27));
            Assert.That(receiver.Attempts, Has.Count.EqualTo(5 + probes), "One at a time");
        }

        receiver.Answer = _ => FakeReceiver.Ok;
        await PassUntilAsync(() => receiver.Sequences.Distinct().Count() == 20, TimeSpan.FromSeconds(40));
        await PassUntilAsync(async () => (await Pending.ListAsync(null, 100)).Count == 0, TimeSpan.FromMinutes(7));
        Assert.That(instance.Log.Lines, Has.One.Contains("nothing is sent to it"));
    }

    [Test]
    public async Task A_pause_is_as_long_as_the_receiver_asks_but_at_most_5_minutes()
    {
        receiver.Answer = _ => FakeReceiver.Error with { RetryAfter = TimeSpan.FromHours(1) };
        await using var instance = await StartAsync();
        log.Add(20);
        await WaitForPauseAsync(instance);

        await PassAsync(TimeSpan.FromSeconds(290), TimeSpan.FromSeconds(2));
        Assert.That(receiver.Attempts, Has.Count.EqualTo(5));

        await PassUntilAsync(() => receiver.Attempts.Count == 6, TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task A_hanging_receiver_gets_one_at_a_time()
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add(4);
        await PassUntilAsync(async () => (await Pending.ListAsync(null, 9)).Count == 4);

        (receiver.Answer, receiver.Takes, receiver.MostAtOnce) = (_ => FakeReceiver.TimedOut, TimeSpan.FromSeconds(15), 0);
        log.Add();
        await PassUntilAsync(() => receiver.Attempts.Count > 4);
        await PassAsync(TimeSpan.FromSeconds(16));
        receiver.MostAtOnce = 0;
        await PassAsync(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(1));

        Assert.That(receiver.MostAtOnce, Is.EqualTo(1));
    }

    [Test]
    public async Task A_receiver_that_is_gone_is_disabled_and_goes_on_where_it_stopped_once_it_is_enabled()
    {
        receiver.Answer = sequence => sequence == 3 ? FakeReceiver.Gone : FakeReceiver.Ok;
        await using (await StartAsync())
        {
            log.Add(5);
            await PassUntilAsync(async () => (await StateAsync()).IsDisabled);
            await PassAsync(TimeSpan.FromMinutes(1));
            Assert.That(receiver.Sequences, Is.EqualTo(new[] { 1, 2, 3 }));
        }

        // Also after a restart.
        await using var instance = await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(receiver.Attempts, Has.Count.EqualTo(3));

        receiver.Answer = _ => FakeReceiver.Ok;
        await instance.SendAsync(new EnableWebhook("ERP"));
        await PassUntilAsync(() => receiver.Attempts.Count == 6);
        Assert.That(receiver.Sequences, Is.EqualTo(new[] { 1, 2, 3, 3, 4, 5 }));
    }

    [Test]
    public async Task Five_days_without_a_success_disable_it()
    {
        await using var instance = await StartAsync();
        log.Add();
        await PassUntilAsync(() => receiver.Attempts.Count == 1);
        receiver.Answer = _ => FakeReceiver.Error;
        log.Add();
        await PassUntilAsync(() => receiver.Attempts.Count == 2);
        var begin = receiver.Attempts[1].At;

        while (!(await StateAsync()).IsDisabled)
        {
            log.Add();
            await PassAsync(TimeSpan.FromHours(8), TimeSpan.FromHours(1));
        }

        var attempts = receiver.Attempts.Count;
        Assert.That((await StateAsync()).DisabledAt - begin, Is.InRange(TimeSpan.FromDays(5), TimeSpan.FromDays(5.5)));
        log.Add();
        await PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(10));
        Assert.That(receiver.Attempts, Has.Count.EqualTo(attempts));
    }

    [Test]
    public async Task A_failure_of_a_disabled_endpoint_does_not_disable_it_again()
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add(3);
        await PassUntilAsync(async () => (await Pending.ListAsync(null, 9)).Count == 3);

        (receiver.Answer, receiver.Takes) = (_ => FakeReceiver.Gone, TimeSpan.FromSeconds(10));
        await PassUntilAsync(async () => (await StateAsync()).IsDisabled);
        var disabledAt = (await StateAsync()).DisabledAt;
        await PassAsync(TimeSpan.FromSeconds(20));

        Assert.That(receiver.MostAtOnce, Is.GreaterThan(1));
        Assert.That((await StateAsync()).DisabledAt, Is.EqualTo(disabledAt));
        Assert.That(instance.Log.Lines, Has.One.Contains("is disabled"));
    }

    [Test]
    public async Task It_is_not_enabled_by_the_state_that_was_stored_before_it_was_disabled()
    {
        var stored = new TaskCompletionSource();
        receiver.Answer = _ => FakeReceiver.Gone;
        await using var instance = await StartAsync();
        instance.BeforeReplacing = record => IsDisabled(record) ? stored.Task : Task.CompletedTask;

        log.Add(2);
        await PassUntilAsync(() => receiver.Attempts.Count == 1);
        await PassAsync(TimeSpan.FromSeconds(10));
        stored.SetResult();
        await PassUntilAsync(async () => (await StateAsync()).IsDisabled);

        await PassAsync(TimeSpan.FromSeconds(10));
        Assert.That(receiver.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Enabling_it_counts_though_its_state_is_being_stored()
    {
        await using var instance = await StartAsync();
        log.Add();
        await PassUntilAsync(async () => (await StateAsync()).Place == 1);

        // A retry is under way when the endpoint is disabled, and its success is stored just as somebody enables it.
        receiver.Takes = TimeSpan.FromSeconds(10);
        await instance.SendAsync(new RedeliverEvents("ERP", 1, 1));
        await PassUntilAsync(() => receiver.Attempts.Count == 2);
        (receiver.Takes, receiver.Answer) = (TimeSpan.Zero, sequence => sequence == 2 ? FakeReceiver.Gone : FakeReceiver.Ok);
        log.Add();
        await PassUntilAsync(async () => (await StateAsync()).IsDisabled);
        receiver.Answer = _ => FakeReceiver.Ok;
        var enabling = 0;
        instance.BeforeReplacing = record =>
            IsDisabled(record) && enabling++ == 0 ? instance.SendAsync(new EnableWebhook("ERP")) : Task.CompletedTask;

        await PassUntilAsync(() => receiver.Sequences.Count(sequence => sequence == 2) > 1);
        Assert.That(enabling, Is.GreaterThan(0));
        await PassUntilAsync(async () => !(await StateAsync()).IsDisabled);
    }

    /// <summary>At a kill, what was delivered within the last second may come again, but nothing is lost, and no retry is early.</summary>
    [Test]
    public async Task Nothing_is_lost_when_instances_are_killed()
    {
        var random = new Random(7);
        receiver.Answer = sequence => sequence % 10 == 3 ? FakeReceiver.Error : FakeReceiver.Ok;
        await (await StartAsync()).DisposeAsync();

        for (var kills = 0; kills < 6; kills++)
        {
            var instance = await StartAsync();
            log.Add(60);
            var enough = receiver.Attempts.Count + random.Next(10, 55);
            await PassUntilAsync(() => receiver.Attempts.Count >= enough);
            await instance.KillAsync();
        }

        receiver.Answer = _ => FakeReceiver.Ok;
        await using var last = await StartAsync();
        await PassUntilAsync(async () => (await StateAsync()).Place == 360);
        await PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
        Assert.That(await Pending.ListAsync(null, 100), Is.Empty);
        Assert.That(receiver.Sequences.Distinct().Order(), Is.EqualTo(Enumerable.Range(1, 360)));
    }

    [Test]
    public async Task Nothing_comes_again_after_a_stop()
    {
        for (var stops = 1; stops <= 10; stops++)
        {
            await using var instance = await StartAsync();
            log.Add(20);
            await PassUntilAsync(() => receiver.Attempts.Count >= 20 * stops);
        }

        Assert.That((await StateAsync()).Place, Is.EqualTo(200));
        Assert.That(receiver.Sequences, Is.EqualTo(Enumerable.Range(1, 200)));
    }

    [Test]
    public async Task A_restart_neither_forgets_nor_hurries_a_retry()
    {
        receiver.Answer = _ => FakeReceiver.Error with { RetryAfter = TimeSpan.FromHours(1) };
        var first = await StartAsync();
        log.Add();
        await PassUntilAsync(async () => (await StateAsync()).Place == 1);
        await first.KillAsync();

        await using var second = await StartAsync();
        receiver.Answer = _ => FakeReceiver.Ok;
        await PassAsync(TimeSpan.FromMinutes(59), TimeSpan.FromSeconds(30));
        Assert.That(receiver.Attempts, Has.Count.EqualTo(1));
        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(1)) is null, TimeSpan.FromMinutes(8));
    }

    [Test]
    public async Task A_retry_is_due_where_the_clock_was_moved_back()
    {
        receiver.Answer = _ => FakeReceiver.Error with { RetryAfter = TimeSpan.FromHours(1) };
        await using var instance = await StartAsync();
        log.Add();
        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(1)) is not null);

        receiver.Answer = _ => FakeReceiver.Ok;
        time.AdjustTime(Now.AddDays(-1));

        await PassUntilAsync(() => receiver.Attempts.Count == 2, TimeSpan.FromMinutes(2));
    }

    [Test]
    public async Task A_clock_that_is_moved_ahead_disables_nobody()
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add();
        await PassUntilAsync(() => receiver.Attempts.Count == 1);

        time.Ahead = TimeSpan.FromDays(6);

        await PassUntilAsync(() => receiver.Attempts.Count == 3, TimeSpan.FromHours(1));
        Assert.That((await StateAsync()).IsDisabled, Is.False);
    }

    [Test]
    public async Task A_pause_is_over_where_the_clock_was_moved_back()
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add(6);
        await WaitForPauseAsync(instance);

        receiver.Answer = _ => FakeReceiver.Ok;
        time.AdjustTime(Now.AddDays(-1));

        await PassUntilAsync(() => receiver.Sequences.Contains(6), TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Tells_how_many_events_it_missed_and_goes_on_with_the_oldest()
    {
        await using (await StartAsync())
        {
            log.Add(2);
            await PassUntilAsync(() => receiver.Attempts.Count == 2);
        }

        log.Add(10);
        log.Cut(9);
        await using var instance = await StartAsync();

        await PassUntilAsync(() => receiver.Attempts.Count == 6);
        Assert.That(receiver.Sequences, Is.EqualTo(new[] { 1, 2, 9, 10, 11, 12 }));
        await PassUntilAsync(async () => (await StateAsync()).Missed == 6);
    }

    [Test]
    public async Task Another_log_is_followed_from_its_end()
    {
        await using (await StartAsync())
        {
            log.Add(5);
            await PassUntilAsync(() => receiver.Attempts.Count == 5);
        }

        log.Replace("two");
        log.Add(9);
        await using var instance = await StartAsync();
        await PassUntilAsync(async () => (await StateAsync()).LogReplacedAt is not null);
        log.Add();

        await PassUntilAsync(() => receiver.Attempts.Count == 6);
        Assert.That(receiver.Sequences.Last(), Is.EqualTo(10));
    }

    [Test]
    public async Task A_retry_whose_event_is_gone_from_the_log_has_failed([Values] bool isReplaced)
    {
        receiver.Answer = _ => FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add();
        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(1)) is not null);
        receiver.Answer = _ => FakeReceiver.Ok;
        if (isReplaced)
        {
            log.Replace("two");
        }

        log.Add(isReplaced ? 1 : 3);
        log.Cut(isReplaced ? 1 : 3);

        await PassUntilAsync(async () => (await Failed.FindAsync(KeyOf(1)))?.Value.Error == "The log of events has it no longer.");
        await PassUntilAsync(async () => await Pending.FindAsync(KeyOf(1)) is null);
    }

    [Test]
    public async Task Keeps_the_last_thousand_deliveries()
    {
        await using (await StartAsync())
        {
            log.Add(700);
            await PassUntilAsync(() => receiver.Attempts.Count == 700);
        }

        await using var instance = await StartAsync();
        log.Add(1_450);
        await PassUntilAsync(() => receiver.Attempts.Count == 2_150);

        await PassUntilAsync(async () => (await DeliveriesAsync(null))[0].Sequence == 2_150);
        var kept = await DeliveriesAsync("delivered");
        Assert.That(kept.Select(delivery => delivery.Sequence), Is.EqualTo(Enumerable.Range(1_151, 1_000).Reverse()));
        Assert.That(kept, Is.EqualTo(await DeliveriesAsync(null)));

        async Task<List<Delivery>> DeliveriesAsync(string? status)
        {
            var found = new List<Delivery>();
            string? cursor = null;
            do
            {
                var page = await instance.SendAsync(new ListDeliveries("ERP", status, cursor));
                found.AddRange(page.Deliveries);
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            return found;
        }
    }

    [Test]
    public async Task Lists_pending_failed_and_delivered_ones_and_redelivers_them()
    {
        receiver.Answer = sequence => sequence <= 130 ? FakeReceiver.Ok : FakeReceiver.Error;
        await using var instance = await StartAsync();
        log.Add(131);
        log.Add(1, HistoryActions.Edited);
        await PassUntilAsync(async () => (await Pending.ListAsync(null, 9)).Count == 2);
        await Failed.PutIfAbsentAsync(new() { Key = KeyOf(7), Value = new() { Epoch = "one", Sequence = 7, Type = "x", At = Now } });
        await PassUntilAsync(async () => (await instance.SendAsync(new ListDeliveries("ERP", "delivered", null))).NextCursor is not null);

        var page = await instance.SendAsync(new ListDeliveries("ERP", null, null));
        Assert.That(page.Deliveries.Take(3).Select(one => (one.Sequence, one.Status, one.Attempts > 0, one.NextAttemptAt is null)), Is.EqualTo(new[]
        {
            (131, "pending", true, false), (132, "pending", true, false), (7, "failed", false, true),
        }));
        Assert.That(page.Deliveries.Skip(3).Select(one => one.Sequence), Is.EqualTo(Enumerable.Range(34, 97).Reverse()));
        var rest = await instance.SendAsync(new ListDeliveries("ERP", null, page.NextCursor));
        Assert.That(rest.Deliveries.Select(one => one.Sequence), Is.EqualTo(Enumerable.Range(1, 33).Reverse()));

        (receiver.Answer, receiver.Takes) = (_ => FakeReceiver.Ok, TimeSpan.FromMilliseconds(200));
        Assert.That(await instance.SendAsync(new RedeliverEvents("ERP", 5, 131)), Is.EqualTo(127));
        await PassUntilAsync(() => receiver.Attempts.Count(attempt => attempt.Sequence is >= 5 and <= 130) == 126 + 126);
        await PassUntilAsync(async () => (await Pending.ListAsync(null, 9)).Count == 0, TimeSpan.FromMinutes(6));
        Assert.That(await Failed.ListAsync(null, 9), Is.Empty);
        Assert.That(receiver.MostAtOnce, Is.EqualTo(3));
    }

    private static bool IsDisabled(StoredRecord record) =>
        record.Kind == RecordKinds.Webhooks && record.Content.Contains("disabledAt", StringComparison.Ordinal);

    private static string KeyOf(long sequence) => sequence.ToString("D19", null);

    private async Task<Instance> StartAsync(WebhookEndpoint? endpoint = null)
    {
        var before = await States.FindAsync("erp");
        var instance = new Instance(store.Host.Records, time, log, receiver, endpoint ?? Endpoint);
        if (before is null)
        {
            await PassUntilAsync(async () => await States.FindAsync("erp") is not null);
        }

        return instance;
    }

    private async Task<EndpointState> StateAsync() => (await States.FindAsync("erp"))!.Value;

    /// <summary>Waits until deliveries pause. No time passes: a first retry may be due before the fifth event fails.</summary>
    private static async Task WaitForPauseAsync(Instance instance)
    {
        while (!instance.Log.Lines.Any(line => line.Contains("nothing is sent to it", StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    private Task PassUntilAsync(Func<bool> condition, TimeSpan? limit = null) => PassUntilAsync(() => Task.FromResult(condition()), limit);

    /// <summary>Lets time pass until something is so.</summary>
    private async Task PassUntilAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var (begin, most) = (time.GetTimestamp(), limit ?? TimeSpan.FromMinutes(20));
        while (!await condition())
        {
            Assert.That(time.GetElapsedTime(begin), Is.LessThan(most), "It takes too long");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            time.Advance(limit is null ? TimeSpan.FromMilliseconds(250) : most / 1_000);
        }
    }

    /// <summary>Lets time pass, in steps after which work goes on.</summary>
    private async Task PassAsync(TimeSpan total, TimeSpan? step = null)
    {
        var steps = step ?? TimeSpan.FromTicks(Math.Max(total.Ticks / 40, TimeSpan.FromMilliseconds(500).Ticks));
        for (var passed = TimeSpan.Zero; passed < total; passed += steps)
        {
            time.Advance(passed + steps < total ? steps : total - passed);
            await Task.Delay(TimeSpan.FromMilliseconds(4), TimeProvider.System);
        }
    }
}
