using System.Text.Json;

namespace OrderIssues.Application.Webhooks;

/// <summary>Sends a trial to an endpoint, once, also to a disabled one.</summary>
public sealed record PingWebhook(string Name) : IRequest<DeliveryOutcome>;

internal sealed class PingWebhookHandler(IEnumerable<WebhookEndpoint> endpoints, IWebhookSender sender, TimeProvider time)
    : IRequestHandler<PingWebhook, DeliveryOutcome>
{
    public Task<DeliveryOutcome> Handle(PingWebhook request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var timestamp = IsoDateTime.Write(now);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "webhook.ping", timestamp, data = new { } });
        return sender.SendAsync(endpoints.Named(request.Name), $"ping_{EntityId.New(now)}", body, cancellationToken);
    }
}
