using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Tickets;
using Polly;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>
/// Look-ups in one ticket system, within 10 seconds each. Those of one ticket at the same time share one, and its answer serves those of the next 30
/// seconds.
/// </summary>
/// <param name="system">What callers know the system by.</param>
/// <param name="failures">How its failures are told.</param>
/// <param name="cache">Where answers are kept.</param>
/// <param name="time">The time.</param>
internal sealed class TicketLookUps(string system, CallFailures failures, HybridCache cache, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>All calls of a look-up, their attempts and the waits between them.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly HybridCacheEntryOptions Caching = new()
    {
        Expiration = Fresh,
        LocalCacheExpiration = Fresh,

        // What customers wrote stays in this process.
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private readonly ResiliencePipeline deadline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(Longest).Build();

    /// <param name="id">The ticket's id, in the one form that it has in the system.</param>
    /// <param name="lookUp">Asks the system for it; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    /// <exception cref="FailureException">The system can't be reached, or its answer can't be used.</exception>
    public async Task<Ticket?> FindAsync(string id, Func<CancellationToken, Task<Ticket?>> lookUp, CancellationToken cancellationToken)
    {
        var answer = await cache.GetOrCreateAsync(
            $"{system}:{id}",
            async shared => new Answer(await AskAsync(lookUp, shared)),
            Caching,
            cancellationToken: cancellationToken);
        return answer.Ticket;
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

    /// <summary>What the system said: also that there is no such ticket. Immutable, so that the cache need not copy it.</summary>
    [ImmutableObject(true)]
    private sealed record Answer(Ticket? Ticket);
}
