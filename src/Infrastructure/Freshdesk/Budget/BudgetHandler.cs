using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk.Budget;

/// <summary>Lets an attempt of a call through while the <see cref="CallBudget"/> has room for it, and reads what the answer says of that.</summary>
internal sealed class BudgetHandler(CallBudget budget, [FromKeyedServices(Channels.Freshdesk)] CallFailures failures, TimeProvider time)
    : DelegatingHandler
{
    /// <summary>Far above any limit.</summary>
    private const decimal Most = 1_000_000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var taken = budget.Take(out var wait) ?? throw failures.Limited(wait);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            return response;
        }
        finally
        {
            var cost = Number(response, "X-RateLimit-Used-CurrentRequest");
            var minuteEndsIn = response?.StatusCode == HttpStatusCode.TooManyRequests ? response.RetryAfter(time) : null;
            budget.Settle(taken, Number(response, "X-RateLimit-Remaining"), cost > 0 ? cost : null, minuteEndsIn);
        }
    }

    /// <summary>Freshdesk writes decimals, such as <c>700.0</c>.</summary>
    /// <returns>Null where there is none, or one that makes no sense.</returns>
    private static decimal? Number(HttpResponseMessage? response, string header) =>
        response is not null && response.Headers.TryGetValues(header, out var values)
        && decimal.TryParse(string.Join(',', values), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Most
            ? number
            : null;
}
