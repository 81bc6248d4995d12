using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Lets an attempt of a call through while the <see cref="RateLimitTracker"/> has room for it, and reads what the answer says of that.</summary>
internal sealed class RateLimitHandler(RateLimitTracker budget, [FromKeyedServices(Channels.Freshdesk)] TicketSystemErrors failures, TimeProvider time)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var turn = await budget.TurnAsync(cancellationToken);
        var taken = budget.Take(out var wait) ?? throw failures.Limited(wait);
        RateLimit? said = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            said = RateLimit.Of(response, time);
            return response;
        }
        finally
        {
            budget.Settle(taken, said);
        }
    }
}
