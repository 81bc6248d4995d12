using MediatR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderIssues.Application.Webhooks;

namespace OrderIssues.WebApi.Webhooks;

/// <summary>Tells of webhooks that are disabled or far behind. The service takes requests nevertheless.</summary>
internal sealed class WebhookHealth(IMediator mediator, TimeProvider time) : IHealthCheck
{
    private const int MaxWaiting = 10_000;
    private static readonly TimeSpan MaxLag = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var reasons = (await mediator.Send(new ListWebhooks(), cancellationToken)).Select(ReasonOf).OfType<string>().ToList();
            return reasons.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join('\n', reasons));
        }
        catch (FailureException failure)
        {
            // The store's own check tells whether it takes requests.
            return HealthCheckResult.Degraded(failure.Message);
        }
    }

    private string? ReasonOf(WebhookStatus status) =>
        status.State.IsDisabled ? $"The webhook {status.Endpoint.Name} is disabled: {status.State.DisabledReason}"
        : status.Waiting > MaxWaiting || time.GetUtcNow() - status.WaitingSince > MaxLag
            ? $"The webhook {status.Endpoint.Name} is {status.Waiting} events behind."
        : null;
}
