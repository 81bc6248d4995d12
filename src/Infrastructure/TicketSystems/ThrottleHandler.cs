using System.Net;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Lets no attempt of a call through while the system takes none.</summary>
internal sealed class ThrottleHandler(ThrottleGate pause, TicketSystemErrors failures, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (pause.Left is { Ticks: > 0 } left)
        {
            throw failures.Limited(left);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            // Where it doesn't say how long, the minute may just have begun.
            var asked = response.RetryAfter(time) ?? ThrottleGate.MaxPause;
            response.Headers.RetryAfter = new(asked);
            if (asked > TicketHttp.MaxWait)
            {
                pause.Begin(asked);
            }
        }

        return response;
    }
}
