using OrderIssues.Application.Webhooks.Deliveries;
using OrderIssues.Domain.Events;

namespace OrderIssues.Application.Webhooks;

/// <summary>Endpoint and how it is.</summary>
/// <param name="Endpoint">Endpoint.</param>
/// <param name="State">State, as it was stored last.</param>
/// <param name="IsPaused">True while nothing is sent since several deliveries in a row failed.</param>
/// <param name="Waiting">Number of events in the log that weren't looked at yet.</param>
/// <param name="WaitingSince">Time of the first of these events.</param>
public sealed record WebhookStatus(
    WebhookEndpoint Endpoint, EndpointState State, bool IsPaused, long Waiting, DateTimeOffset? WaitingSince);

internal sealed class WebhookStatuses(EndpointStates states, IEventLog log, TimeProvider time)
{
    public async Task<WebhookStatus> FindAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        // Read first, so that the end of the log isn't behind the place.
        var state = await states.FindAsync(endpoint) ?? new EndpointState();
        var range = await log.GetRangeAsync(cancellationToken);
        var waiting = state.Epoch == range.Epoch ? Math.Max(range.Latest - state.Place, 0) : 0;
        var first = waiting > 0 ? await log.ReadAsync(state.Place, 1, cancellationToken) : [];
        return new(
            endpoint, state, state.Pause?.IsOn(time.GetUtcNow()) == true, waiting, first.Count > 0 ? first[0].At : null);
    }
}

internal static class Endpoints
{
    /// <exception cref="FailureException">There is no endpoint of this name.</exception>
    public static WebhookEndpoint Named(this IEnumerable<WebhookEndpoint> endpoints, string name) =>
        endpoints.FirstOrDefault(endpoint => endpoint.Name == name)
        ?? throw new FailureException(FailureCode.WebhookNotFound, "No webhook of this name is configured.");
}
