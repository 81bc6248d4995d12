using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Events;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Events;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Events;

[CancelAfter(30_000)]
public sealed class FollowerRunnerTests
{
    private readonly FakeTimeProvider time = new(IssueFactory.Now);
    private readonly List<Process> processes = [];
    private readonly EventLogInMemory log;
    private readonly RecordsInMemory records;

    public FollowerRunnerTests() => (log, records) = (new(time), new(time));

    [TearDown]
    public async Task Stop()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Test]
    public async Task Brings_events_in_their_order_also_those_that_come_later()
    {
        log.Add(450);
        var follower = await StartAsync(new Follower());
        await PassUntilAsync(() => follower.Applied.Count == 450);

        log.Add(3);

        await PassUntilAsync(() => follower.Applied.Count == 453);
        Assert.That(follower.Applied, Is.EqualTo(Enumerable.Range(1, 453)));
        Assert.That(follower.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task A_follower_that_fails_pauses_longer_each_time_and_is_asked_for_its_place_anew()
    {
        log.Add(2);
        var follower = await StartAsync(new Follower { Fault = new InvalidOperationException("x") });
        await PassUntilAsync(() => follower.Asked == 9, TimeSpan.FromMinutes(10));
        Assert.That(
            processes[0].Log.Lines.Take(8).Select(line => line[..line.IndexOf('S')]),
            Is.EqualTo(new[] { 1, 2, 4, 8, 16, 32, 60, 60 }.Select(seconds =>
                $"Error: one can't follow the event log; trying again in {TimeSpan.FromSeconds(seconds)} ")));

        follower.Fault = null;
        await PassUntilAsync(() => follower.Applied.Count == 2);
        follower.Fault = new InvalidOperationException("x");
        log.Add();
        await PassUntilAsync(() => follower.Asked == 11, TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Work_beside_may_end_before_events_do()
    {
        var follower = await StartAsync(new Follower { Beside = _ => Task.CompletedTask });

        log.Add(2);

        await PassUntilAsync(() => follower.Applied.Count == 2);
        Assert.That(follower.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Work_beside_that_fails_begins_anew_with_the_follower()
    {
        var fault = new TaskCompletionSource();
        var follower = await StartAsync(new Follower { Beside = _ => fault.Task });

        fault.SetException(new InvalidOperationException("beside"));

        await PassUntilAsync(() => follower.Asked == 2);
        Assert.That(processes[0].Log.Lines, Has.Some.Contains("beside"));
    }

    [Test]
    public async Task Work_beside_ends_when_events_fail()
    {
        var (begun, ended) = (0, 0);
        var follower = await StartAsync(new Follower
        {
            Fault = new InvalidOperationException("x"),
            Beside = async cancellationToken =>
            {
                begun++;
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ended++;
            },
        });

        log.Add();

        await PassUntilAsync(() => follower.Asked == 3);
        Assert.That(begun - ended, Is.InRange(0, 1));
    }

    [Test]
    public async Task Stops_when_the_service_does([Values] bool isOneOfAll)
    {
        log.Add();
        var follower = await StartAsync(new Follower { IsOneOfAll = isOneOfAll });
        await PassUntilAsync(() => follower.Applied.Count == 1);

        await processes[0].StopAsync();

        log.Add();
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(follower.Applied, Has.Count.EqualTo(1));
        Assert.That(processes[0].Log.Lines, Is.Empty);
        Assert.That(records.Find(RecordKinds.Leases, follower.Name), Is.Null);
    }

    [Test]
    public async Task One_of_two_instances_works_and_the_other_one_after_it()
    {
        var first = await StartAsync(new Follower { IsOneOfAll = true });
        await PassUntilAsync(() => first.Asked == 1);
        var second = await StartAsync(new Follower { IsOneOfAll = true });
        log.Add(3);
        await PassUntilAsync(() => first.Applied.Count == 3);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.That(second.Asked, Is.Zero);

        await processes[0].StopAsync();
        log.Add();

        await PassUntilAsync(() => second.Applied.Count == 4, TimeSpan.FromSeconds(6));
        Assert.That(first.Applied, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Each_instance_works_where_the_follower_is_one_an_instance()
    {
        var first = await StartAsync(new Follower());
        var second = await StartAsync(new Follower());

        log.Add(3);

        await PassUntilAsync(() => (first.Applied.Count, second.Applied.Count) == (3, 3));
    }

    /// <summary>The store that fails the renewals fails the follower, too, at any moment.</summary>
    [Test]
    public async Task A_follower_that_fails_as_its_lease_is_lost_works_again_once_it_has_it()
    {
        log.Add();
        var follower = await StartAsync(new Follower { IsOneOfAll = true, FailsAtItsEnd = true });
        await PassUntilAsync(() => follower.Applied.Count == 1);

        records.Put(new() { Kind = RecordKinds.Leases, Key = follower.Name, Content = "{}" });
        await PassUntilAsync(() => follower.Asked == 2);

        log.Add();
        await PassUntilAsync(() => follower.Applied.Contains(2));
    }

    private async Task<Follower> StartAsync(Follower follower)
    {
        var process = new Process(records, log, time, follower);
        processes.Add(process);
        await process.StartAsync();
        return follower;
    }

    /// <summary>Lets time pass until something is so.</summary>
    private async Task PassUntilAsync(Func<bool> condition, TimeSpan? limit = null)
    {
        var begin = time.GetTimestamp();
        while (!condition())
        {
            Assert.That(time.GetElapsedTime(begin), Is.LessThan(limit ?? TimeSpan.FromMinutes(2)), "It takes too long");
            await PassAsync(TimeSpan.FromSeconds(0.25));
        }
    }

    private async Task PassAsync(TimeSpan total)
    {
        for (var step = TimeSpan.FromSeconds(0.25); total > TimeSpan.Zero; total -= step)
        {
            time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private sealed class Process : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        public Process(IRecordStore records, IEventLog log, TimeProvider time, IFollower follower) => services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddMetrics()
            .AddSingleton(records)
            .AddSingleton(log)
            .AddSingleton(time)
            .AddApplication()
            .RemoveAll<IFollower>()
            .AddSingleton(follower)
            .BuildServiceProvider();

        public CapturedLog Log { get; } = new();

        private IEnumerable<IHostedService> Hosted => services.GetServices<IHostedService>();

        public async Task StartAsync()
        {
            foreach (var hosted in Hosted)
            {
                await hosted.StartAsync(default);
            }
        }

        /// <summary>Stops as a host does.</summary>
        public async Task StopAsync()
        {
            foreach (var hosted in Hosted.OfType<IHostedLifecycleService>())
            {
                await hosted.StoppingAsync(default);
            }

            foreach (var hosted in Hosted)
            {
                await hosted.StopAsync(default);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            await services.DisposeAsync();
        }
    }

    private sealed class Follower : IFollower
    {
        private readonly Lock access = new();
        private readonly List<long> applied = [];
        private volatile int asked;

        public string Name => "one";

        public bool IsOneOfAll { get; init; }

        public bool FailsAtItsEnd { get; init; }

        public Exception? Fault { get; set; }

        public Func<CancellationToken, Task>? Beside { get; init; }

        /// <summary>Number of times that it was asked for its place.</summary>
        public int Asked => asked;

        public IReadOnlyList<long> Applied
        {
            get
            {
                lock (access)
                {
                    return [.. applied];
                }
            }
        }

        public Task<long> FindPlaceAsync(EventLogRange range, CancellationToken cancellationToken)
        {
            asked++;
            return Task.FromResult((long)Applied.Count);
        }

        public Task ApplyAsync(IReadOnlyList<IssueEvent> events, CancellationToken cancellationToken)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            lock (access)
            {
                applied.AddRange(events.Select(told => told.Sequence));
            }

            return Task.CompletedTask;
        }

        public async Task RunBesideAsync(CancellationToken cancellationToken)
        {
            if (Beside is { } beside)
            {
                await beside(cancellationToken);
                return;
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException) when (FailsAtItsEnd)
            {
                throw FailureException.StoreUnavailable();
            }
        }
    }
}
