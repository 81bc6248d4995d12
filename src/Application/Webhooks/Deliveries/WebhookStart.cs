using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks.Deliveries;

/// <summary>Lets new endpoints begin at the end of the log before the first request.</summary>
internal sealed partial class WebhookStart(
    IEnumerable<WebhookEndpoint> endpoints, EndpointStates states, IEventLog log, ILogger<WebhookStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var endpoint in endpoints)
            {
                var range = await log.GetRangeAsync(cancellationToken);
                await states.UpdateAsync(
                    endpoint, stored => stored.Epoch is null ? stored with { Epoch = range.Epoch, Place = range.Latest } : stored);
            }
        }
        catch (FailureException failure)
        {
            LogUnavailable(failure.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "New webhooks begin with what happens once the store can be reached: {Reason}")]
    private partial void LogUnavailable(string reason);
}
