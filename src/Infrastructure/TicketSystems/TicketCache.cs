using System.ComponentModel;
using Microsoft.Extensions.Caching.Hybrid;
using Polly;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Look-ups in one ticket system, shared and cached.</summary>
/// <remarks>An answer serves for 30 seconds, and for ten minutes while the system takes no calls.</remarks>
internal sealed class TicketCache(string system, TicketSystemErrors errors, ThrottleGate gate, HybridCache cache, TimeProvider time)
{
    private static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxStale = TimeSpan.FromMinutes(10);
    private static readonly HybridCacheEntryOptions Fresh = InProcess(TimeSpan.FromSeconds(30));
    private static readonly HybridCacheEntryOptions Stale = InProcess(MaxStale);
    private static readonly HybridCacheEntryOptions CachedOnly =
        new() { Flags = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData };

    private readonly ResiliencePipeline deadline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(LookUpTimeout).Build();

    /// <summary>Options that keep customers' texts in this process.</summary>
    public static HybridCacheEntryOptions InProcess(TimeSpan time) =>
        new() { Expiration = time, LocalCacheExpiration = time, Flags = HybridCacheEntryFlags.DisableDistributedCache };

    /// <summary>Reads a cached entry; null for none.</summary>
    public static ValueTask<T?> ReadAsync<T>(HybridCache cache, string key, CancellationToken cancellationToken) where T : class =>
        cache.GetOrCreateAsync(key, _ => ValueTask.FromResult<T?>(null), CachedOnly, cancellationToken: cancellationToken);

    /// <summary>Finds a ticket; null when there is none.</summary>
    /// <remarks>The id is in the one form that the system writes. A caller that cancels ends its own wait alone.</remarks>
    /// <exception cref="FailureException">The system can't be reached, or its answer can't be used.</exception>
    public async Task<Ticket?> FindAsync(string id, Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cache.GetOrCreateAsync(
                $"{system}:{id}", async shared => await AskAndCacheAsync(id, lookUp, shared), Fresh, cancellationToken: cancellationToken);
            return answer.Ticket;
        }
        catch (FailureException failure) when (TicketSystemErrors.IsThrottled(failure) && gate.PauseLeft is { Ticks: > 0 })
        {
            if (await ReadAsync<Answer>(cache, StaleKey(id), cancellationToken) is not { } stale)
            {
                throw;
            }

            return stale.Ticket;
        }
    }

    private string StaleKey(string id) => $"kept:{system}:{id}";

    private async Task<Answer> AskAndCacheAsync(
        string id, Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        try
        {
            var answer = new Answer(await AskAsync(lookUp, cancellationToken));
            await (answer.Ticket is not null
                ? cache.SetAsync(StaleKey(id), answer, Stale, cancellationToken: cancellationToken)
                : ForgetAsync(id, cancellationToken));
            return answer;
        }
        catch (FailureException failure) when (failure.Code == FailureCode.TicketNotFound)
        {
            await ForgetAsync(id, cancellationToken);
            throw;
        }
    }

    /// <summary>Serves a ticket no longer that was deleted or hidden.</summary>
    private ValueTask ForgetAsync(string id, CancellationToken cancellationToken) => cache.RemoveAsync(StaleKey(id), cancellationToken);

    private Task<Ticket?> AskAsync(Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken) =>
        errors.OrFailureAsync(async () =>
        {
            var ticket = await deadline.ExecuteAsync(async token => await lookUp(token), cancellationToken);

            // A cancelled look-up may lack its status label, so it must not be cached.
            cancellationToken.ThrowIfCancellationRequested();
            return ticket;
        });

    /// <summary>Answer, immutable so that the cache shares it.</summary>
    [ImmutableObject(true)]
    private sealed record Answer(Ticket? Ticket);
}
