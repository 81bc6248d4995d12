using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Events;

/// <summary>Deletes events that are older than 31 days, once an hour.</summary>
internal sealed partial class EventRetention(IEventLog log, TimeProvider time, ILogger<EventRetention> logger) : BackgroundService
{
    // A day more than callers are promised.
    private static readonly TimeSpan Age = TimeSpan.FromDays(31);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await log.RemoveAsync(time.GetUtcNow() - Age, stoppingToken) > 0)
                {
                }
            }
            catch (FailureException failure)
            {
                LogPutOff(failure.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events are deleted an hour later: {Reason}")]
    private partial void LogPutOff(string reason);
}
