using OrderIssues.Application.Webhooks.Deliveries;

namespace OrderIssues.Application.Webhooks;

/// <summary>Lets a disabled endpoint go on from its place.</summary>
public sealed record EnableWebhook(string Name) : IRequest<WebhookStatus>;

internal sealed class EnableWebhookHandler(IEnumerable<WebhookEndpoint> endpoints, EndpointStates states, WebhookStatuses statuses)
    : IRequestHandler<EnableWebhook, WebhookStatus>
{
    public async Task<WebhookStatus> Handle(EnableWebhook request, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Named(request.Name);
        await states.UpdateAsync(endpoint, state => !state.IsDisabled
            ? state : state with { DisabledAt = null, DisabledReason = null, FailingSince = null, Pause = null });
        return await statuses.FindAsync(endpoint, cancellationToken);
    }
}
