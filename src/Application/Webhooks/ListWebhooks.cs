namespace OrderIssues.Application.Webhooks;

/// <summary>Tells how the endpoints are.</summary>
public sealed record ListWebhooks : IRequest<IReadOnlyList<WebhookStatus>>;

internal sealed class ListWebhooksHandler(IEnumerable<WebhookEndpoint> endpoints, WebhookStatuses statuses)
    : IRequestHandler<ListWebhooks, IReadOnlyList<WebhookStatus>>
{
    public async Task<IReadOnlyList<WebhookStatus>> Handle(ListWebhooks request, CancellationToken cancellationToken)
    {
        var found = new List<WebhookStatus>();
        foreach (var endpoint in endpoints)
        {
            found.Add(await statuses.FindAsync(endpoint, cancellationToken));
        }

        return found;
    }
}
