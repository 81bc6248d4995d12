using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderIssues.Application;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Events;
using OrderIssues.Application.Webhooks;
using OrderIssues.Domain.Events;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>A process that holds the lease, and brings events to its follower.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private const int BatchSize = 50;
    private readonly CancellationTokenSource end = new();
    private readonly ServiceProvider services;
    private readonly MortalRecords records;
    private readonly CancellationTokenSource endBeside = new();
    private readonly Task applying;
    private readonly Task beside;

    public Instance(IRecordStore store, TimeProvider time, EventLogInMemory log, IWebhookSender receiver, WebhookEndpoint endpoint)
    {
        records = new MortalRecords(store);
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<IRecordStore>(records)
            .AddSingleton(time)
            .AddSingleton<IEventLog>(log)
            .AddSingleton<IEventFormat>(new FakeFormat())
            .AddSingleton(receiver)
            .AddApplication()
            .AddSingleton(endpoint)
            .AddWebhook(endpoint)
            .BuildServiceProvider();
        var follower = services.GetRequiredService<IFollower>();
        applying = Task.Run(() => FollowAsync(follower, log));
        beside = Task.Run(() => follower.RunBesideAsync(endBeside.Token));
    }

    public CapturedLog Log { get; } = new();

    /// <summary>Comes before each replacement of a record.</summary>
    public Func<StoredRecord, Task> BeforeReplacing
    {
        set => records.BeforeReplacing = value;
    }

    public Task<T> SendAsync<T>(IRequest<T> request) => services.GetRequiredService<IMediator>().Send(request);

    /// <summary>Ends it without a last write, as SIGKILL does.</summary>
    public ValueTask KillAsync()
    {
        records.IsDead = true;
        return DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await applying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await endBeside.CancelAsync();
        await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.DisposeAsync();
        end.Dispose();
        endBeside.Dispose();
    }

    private async Task FollowAsync(IFollower follower, EventLogInMemory log)
    {
        var range = await log.GetRangeAsync(end.Token);
        var place = await follower.FindPlaceAsync(range, end.Token);
        while (true)
        {
            var events = await log.ReadAsync(place, BatchSize, end.Token);
            if (events.Count > 0)
            {
                await follower.ApplyAsync(events, end.Token);
                place = events[^1].Sequence;
            }
            else
            {
                range = await log.WaitAsync(range, end.Token);
            }
        }
    }

    private sealed class FakeFormat : IEventFormat
    {
        public byte[] Write(IssueEvent issueEvent) => Encoding.UTF8.GetBytes($"{issueEvent.Sequence}");
    }

    /// <summary>Store of a process that may be killed: then nothing of it is written any more.</summary>
    private sealed class MortalRecords(IRecordStore inner) : IRecordStore
    {
        private volatile bool isDead;

        public Func<StoredRecord, Task> BeforeReplacing { get; set; } = _ => Task.CompletedTask;

        public bool IsDead
        {
            get => isDead;
            set => isDead = value;
        }

        public Task<StoredRecord?> FindAsync(string kind, string key) => Living().FindAsync(kind, key);

        public Task<PutResult> PutIfAbsentAsync(StoredRecord record) => Living().PutIfAbsentAsync(record);

        public async Task<StoredRecord?> PutIfVersionAsync(StoredRecord record)
        {
            await BeforeReplacing(record);
            return await Living().PutIfVersionAsync(record);
        }

        public Task RemoveAsync(string kind, string key, string version) => Living().RemoveAsync(kind, key, version);

        public Task<IReadOnlyList<StoredRecord>> ListDueAsync(string kind, DateTimeOffset until, int limit) =>
            Living().ListDueAsync(kind, until, limit);

        public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit) => Living().ListAsync(kind, after, limit);

        private IRecordStore Living() => IsDead ? throw FailureException.StoreUnavailable() : inner;
    }
}
