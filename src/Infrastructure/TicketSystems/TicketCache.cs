using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using OrderIssues.Domain.Tickets;
using Polly;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>
/// Look-ups in one ticket system, within 10 seconds each. Those of one ticket at the same time share one, and its answer serves those of the next 30
/// seconds, and for ten minutes those that the system takes no calls for.
/// </summary>
/// <param name="system">What callers know the system by.</param>
/// <param name="failures">How its failures are told.</param>
/// <param name="pause">When it takes no calls.</param>
/// <param name="cache">Where answers are kept.</param>
/// <param name="time">The time.</param>
internal sealed class TicketCache(string system, TicketSystemErrors failures, ThrottleGate pause, HybridCache cache, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>All calls of a look-up, their attempts and the waits between them.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);

    /// <summary>An older ticket is better than none only while there is no other way to one.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private static readonly HybridCacheEntryOptions Caching = For(Fresh);
    private static readonly HybridCacheEntryOptions Keeping = For(Kept);
    private static readonly HybridCacheEntryOptions ReadingKept = For(Kept, HybridCacheEntryFlags.DisableUnderlyingData);

    private readonly ResiliencePipeline deadline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(MaxPause).Build();

    /// <param name="id">The ticket's id, in the one form that it has in the system.</param>
    /// <param name="lookUp">Asks the system for it; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <exception cref="FailureException">The system can't be reached, or its answer can't be used.</exception>
    public async Task<Ticket?> FindAsync(string id, Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cache.GetOrCreateAsync(
                $"{system}:{id}", async shared => await AskAndKeepAsync(id, lookUp, shared), Caching, cancellationToken: cancellationToken);
            return answer.Ticket;
        }
        catch (FailureException failure) when (TicketSystemErrors.IsLimit(failure) && pause.Left is { Ticks: > 0 })
        {
            var kept = await cache.GetOrCreateAsync(KeptKey(id), _ => ValueTask.FromResult<Answer?>(null), ReadingKept, cancellationToken: cancellationToken);
            if (kept is null)
            {
                throw;
            }

            return kept.Ticket;
        }
    }

    private string KeptKey(string id) => $"kept:{system}:{id}";

    private async Task<Answer> AskAndKeepAsync(string id, Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        var answer = new Answer(await AskAsync(lookUp, cancellationToken));
        if (answer.Ticket is not null)
        {
            await cache.SetAsync(KeptKey(id), answer, Keeping, cancellationToken: cancellationToken);
        }
        else
        {
            // It may have been there before.
            await cache.RemoveAsync(KeptKey(id), cancellationToken);
        }

        return answer;
    }

    private async Task<Ticket?> AskAsync(Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        try
        {
            var ticket = await deadline.ExecuteAsync(async token => await lookUp(token), cancellationToken);

            // A look-up may go without something when its time is up, but not because nobody waits any more: its answer would be kept.
            cancellationToken.ThrowIfCancellationRequested();
            return ticket;
        }
        catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or JsonException)
        {
            throw failures.Of(exception);
        }
    }

    /// <summary>What customers wrote stays in this process.</summary>
    private static HybridCacheEntryOptions For(TimeSpan time, HybridCacheEntryFlags flags = HybridCacheEntryFlags.None) =>
        new() { Expiration = time, LocalCacheExpiration = time, Flags = HybridCacheEntryFlags.DisableDistributedCache | flags };

    /// <summary>What the system said: also that there is no such ticket. Immutable, so that the cache need not copy it.</summary>
    [ImmutableObject(true)]
    private sealed record Answer(Ticket? Ticket);
}
