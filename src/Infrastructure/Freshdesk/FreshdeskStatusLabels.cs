using System.ComponentModel;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.TicketSystems;
using Polly;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Labels of an account's own statuses.</summary>
/// <remarks>A look-up goes without a label rather than fail.</remarks>
internal sealed partial class FreshdeskStatusLabels(
    FreshdeskClient client, [FromKeyedServices(Channels.Freshdesk)] TicketSystemErrors errors,
    HybridCache cache, TimeProvider time, ILogger<FreshdeskStatusLabels> logger)
{
    private const string LabelsKey = "freshdesk-status-labels";
    private const string LastReadKey = "freshdesk-status-labels:last-read";
    /// <summary>Covers all attempts, within a look-up's ten seconds.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);
    private static readonly HybridCacheEntryOptions AnHour = TicketCache.InProcess(TimeSpan.FromHours(1));
    private static readonly HybridCacheEntryOptions AMinute = TicketCache.InProcess(TimeSpan.FromMinutes(1));

    private readonly ResiliencePipeline deadline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(ReadTimeout).Build();

    /// <returns>The label; null when there is none, or none could be read in time.</returns>
    public async Task<string?> FindAsync(int status, CancellationToken cancellationToken)
    {
        try
        {
            var cached = await TicketCache.ReadAsync<Labels>(cache, LabelsKey, cancellationToken);

            // An unknown status may be newer than the cached labels. All callers share the read, so none cancels it.
            return cached?.Of(status) ?? (await LastReadAsync(status).WaitAsync(cancellationToken)).Of(status);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private Task<Labels> LastReadAsync(int status) =>
        cache.GetOrCreateAsync(LastReadKey, async _ => await ReadAsync(status), AMinute).AsTask();

    private async Task<Labels> ReadAsync(int status)
    {
        try
        {
            var labels = new Labels(await errors.OrFailureAsync(ReadInTimeAsync));
            await cache.SetAsync(LabelsKey, labels, AnHour);
            if (labels.Of(status) is null)
            {
                LogMissing(status);
            }

            return labels;
        }
        catch (FailureException failure)
        {
            LogUnreadable(failure.InnerException?.Message ?? failure.Message);
            return new Labels(new Dictionary<int, string>());
        }
    }

    private Task<IReadOnlyDictionary<int, string>> ReadInTimeAsync() =>
        deadline.ExecuteAsync(async token => await client.ReadStatusLabelsAsync(token)).AsTask();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Freshdesk's ticket fields have no label for its status {Status}: tickets say 'status {Status}'")]
    private partial void LogMissing(int status);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The labels of Freshdesk's custom statuses can't be read: for a minute tickets say 'status 6' and the like. {Reason}")]
    private partial void LogUnreadable(string reason);

    /// <summary>Labels, immutable so that the cache shares them.</summary>
    [ImmutableObject(true)]
    private sealed record Labels(IReadOnlyDictionary<int, string> ByStatus)
    {
        public string? Of(int status) => ByStatus.GetValueOrDefault(status);
    }
}
