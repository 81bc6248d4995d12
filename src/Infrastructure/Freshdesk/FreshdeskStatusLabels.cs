using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.TicketSystems;
using Polly;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>
/// The labels of the statuses that an account made for itself. They are read once for all tickets, and serve for an hour. A ticket doesn't depend on
/// them: where they can't be had, it goes without.
/// </summary>
internal sealed partial class FreshdeskStatusLabels(
    FreshdeskClient client,
    [FromKeyedServices(Channels.Freshdesk)] TicketSystemErrors failures,
    TimeProvider time,
    ILogger<FreshdeskStatusLabels> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromMinutes(1);

    /// <summary>All attempts and the waits between them: a look-up, which waits for it, has ten seconds in all.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

    private readonly ResiliencePipeline deadline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(ReadTimeout).Build();
    private readonly Lock key = new();
    private IReadOnlyDictionary<int, string> labels = new Dictionary<int, string>();
    private DateTimeOffset freshUntil;
    private DateTimeOffset nextTry;
    private Task reading = Task.CompletedTask;
    private bool isMissingTold;

    /// <summary>Waits no longer than the caller does, and then goes without.</summary>
    /// <returns>Null where there is none, or none can be had.</returns>
    public async Task<string?> FindAsync(int status, CancellationToken cancellationToken)
    {
        Task shared;
        lock (key)
        {
            if (Known(status) is { } known)
            {
                return known;
            }

            // A status that isn't among the labels may be a new one.
            if (reading.IsCompleted && time.GetUtcNow() >= nextTry)
            {
                reading = ReadAsync();
            }

            shared = reading;
        }

        try
        {
            await shared.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return AfterReading(status);
    }

    private string? Known(int status) => time.GetUtcNow() < freshUntil ? labels.GetValueOrDefault(status) : null;

    private string? AfterReading(int status)
    {
        lock (key)
        {
            if (Known(status) is { } label)
            {
                return label;
            }

            if (isMissingTold)
            {
                return null;
            }

            isMissingTold = true;
        }

        LogMissing(status);
        return null;
    }

    private async Task ReadAsync()
    {
        IReadOnlyDictionary<int, string>? read = null;
        try
        {
            read = await deadline.ExecuteAsync(async token => await client.ReadStatusLabelsAsync(token));
        }
        catch (Exception exception) when (exception is FailureException or HttpRequestException or ExecutionRejectedException or JsonException)
        {
            var failure = exception as FailureException ?? failures.Of(exception);
            LogUnreadable(failure.InnerException?.Message ?? failure.Message);
        }
        finally
        {
            Keep(read);
        }
    }

    private void Keep(IReadOnlyDictionary<int, string>? read)
    {
        lock (key)
        {
            nextTry = time.GetUtcNow() + UntilNextTry;
            isMissingTold = read is null;
            if (read is not null)
            {
                labels = read;
                freshUntil = time.GetUtcNow() + Fresh;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Freshdesk's ticket fields have no label for its status {Status}: tickets say 'status {Status}'")]
    private partial void LogMissing(int status);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The labels of Freshdesk's custom statuses can't be read, so that for a minute tickets say 'status 6' and the like. {Reason}")]
    private partial void LogUnreadable(string reason);
}
