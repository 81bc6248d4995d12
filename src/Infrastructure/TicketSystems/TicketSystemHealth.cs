using Microsoft.Extensions.Diagnostics.HealthChecks;
using Polly.CircuitBreaker;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Tells of a ticket system that isn't asked for now. The service takes requests nevertheless.</summary>
internal sealed class TicketSystemHealth(string title, ThrottleGate gate, CircuitBreakerStateProvider breaker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(
        gate.PauseLeft is { Ticks: > 0 } pause
            ? HealthCheckResult.Degraded($"{title} takes no calls for {Math.Ceiling(pause.TotalSeconds)} s.")
        : breaker.CircuitState == CircuitState.Open ? HealthCheckResult.Degraded($"{title} doesn't answer.")
        : HealthCheckResult.Healthy());
}
