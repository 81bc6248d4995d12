namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Passes each attempt through the gate.</summary>
internal sealed class ThrottleHandler(ThrottleGate gate, ThrottleReader reader, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var call = await gate.EnterAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (call.Settle(reader(response, time)) is { } wait)
        {
            response.Headers.RetryAfter = new(wait);
        }

        return response;
    }
}
