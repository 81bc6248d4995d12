using OrderIssues.Application.Webhooks.Deliveries;

namespace OrderIssues.Application.Webhooks;

/// <summary>Lets a disabled endpoint go on from its place.</summary>
public sealed record EnableWebhook(string Name) : IRequest<Unit>;

internal sealed class EnableWebhookHandler(IEnumerable<WebhookEndpoint> endpoints, EndpointStates states)
    : IRequestHandler<EnableWebhook, Unit>
{
    public async Task<Unit> Handle(EnableWebhook request, CancellationToken cancellationToken)
    {
        await states.UpdateAsync(endpoints.Named(request.Name), state => !state.IsDisabled
            ? state : state with { DisabledAt = null, DisabledReason = null, FailingSince = null, Pause = null });
        return Unit.Value;
    }
}
