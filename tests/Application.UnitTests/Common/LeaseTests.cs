using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Common;

[CancelAfter(20_000)]
public sealed class LeaseTests
{
    private const string Name = "work";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Interval = Duration / 3;

    private readonly FakeTimeProvider time = new(IssueFactory.Now);
    private readonly CancellationTokenSource end = new();
    private readonly RecordsInMemory records;
    private readonly ConcurrentDictionary<string, bool> working = [];
    private int begun;

    public LeaseTests() => records = new RecordsInMemory(time);

    [TearDown]
    public void Stop()
    {
        end.Cancel();
        end.Dispose();
    }

    [Test]
    public async Task One_of_two_works_as_long_as_it_renews()
    {
        _ = RunAsync("first");
        _ = RunAsync("second");

        for (var renewals = 0; renewals < 6; renewals++)
        {
            var version = VersionOf();
            await PassUntilAsync(() => VersionOf() != version);
        }

        Assert.That(working.Keys, Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public async Task Another_one_works_at_its_next_look_after_the_first_has_ended()
    {
        using var stop = new CancellationTokenSource();
        var first = RunAsync("first", stop.Token);
        _ = RunAsync("second");

        await stop.CancelAsync();
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(working, Is.Empty);
        time.Advance(Interval);

        await UntilAsync(() => working.ContainsKey("second"));
    }

    [Test]
    public async Task Another_one_works_after_the_duration_where_the_first_has_died()
    {
        PutAsAnother();
        _ = RunAsync("second");
        await PassAsync(Duration - Interval);
        PutAsAnother();
        var renewed = time.GetTimestamp();

        await PassUntilAsync(() => working.ContainsKey("second"));

        Assert.That(time.GetElapsedTime(renewed), Is.GreaterThanOrEqualTo(Duration));
    }

    [Test]
    public async Task Work_ends_when_another_one_has_taken_the_lease()
    {
        _ = RunAsync("first");

        PutAsAnother();
        time.Advance(Interval);

        await UntilAsync(() => working.IsEmpty);
        Assert.That(VersionOf(), Is.Not.Null, "Only its own lease is released");
    }

    [Test]
    public async Task Work_ends_when_the_lease_could_not_be_renewed_for_its_duration()
    {
        _ = RunAsync("first");
        var renewed = time.GetTimestamp();
        records.Fault = FailureException.StoreUnavailable();

        await PassUntilAsync(() => working.IsEmpty);

        Assert.That(time.GetElapsedTime(renewed), Is.GreaterThanOrEqualTo(Duration));
    }

    [Test]
    public async Task Work_goes_on_when_the_lease_is_renewed_in_time()
    {
        _ = RunAsync("first");
        for (var outages = 0; outages < 3; outages++)
        {
            records.Fault = FailureException.StoreUnavailable();
            var renewals = records.Refused;
            await PassUntilAsync(() => records.Refused > renewals);

            records.Fault = null;
            var version = VersionOf();
            await PassUntilAsync(() => VersionOf() != version);
        }

        Assert.That(working.Keys, Is.EqualTo(new[] { "first" }));
        Assert.That(begun, Is.EqualTo(1));
    }

    [Test]
    public void Work_that_fails_ends_the_lease_and_fails_it()
    {
        var failing = new Lease(records, Name, Duration, time)
            .RunAsync(_ => Task.FromException(new InvalidOperationException("x")), end.Token);

        Assert.That(() => failing, Throws.InvalidOperationException);
        Assert.That(VersionOf(), Is.Null);
    }

    [Test]
    public async Task Work_that_ends_by_itself_begins_again_after_the_interval()
    {
        var runs = 0;
        _ = new Lease(records, Name, Duration, time).RunAsync(_ => Task.FromResult(runs++), end.Token);
        await UntilAsync(() => VersionOf() is null);
        Assert.That(runs, Is.EqualTo(1));

        await PassUntilAsync(() => runs == 2);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    private string? VersionOf() => records.Find(RecordKinds.Leases, Name)?.Version;

    private void PutAsAnother() => records.Put(new() { Kind = RecordKinds.Leases, Key = Name, Content = "{}" });

    private Task RunAsync(string name, CancellationToken? stop = null) => new Lease(records, Name, Duration, time).RunAsync(
        async cancellationToken =>
        {
            begun++;
            working[name] = true;
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }
            finally
            {
                working.Remove(name, out _);
            }
        },
        stop ?? end.Token);

    /// <summary>Lets time pass, slowly enough for what waits for it.</summary>
    private async Task PassUntilAsync(Func<bool> condition)
    {
        const int Polls = 20;
        for (var polls = 1; !condition(); polls++)
        {
            if (polls % Polls == 0)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    private Task PassAsync(TimeSpan total)
    {
        var begin = time.GetTimestamp();
        return PassUntilAsync(() => time.GetElapsedTime(begin) >= total);
    }
}
