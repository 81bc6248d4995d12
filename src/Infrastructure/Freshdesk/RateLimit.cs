using System.Net;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>What an answer says of the limit on calls (https://developers.freshdesk.com/api/#ratelimit).</summary>
/// <param name="Left">How many calls are left.</param>
/// <param name="Cost">How many the call cost, where it says so.</param>
/// <param name="EndsIn">When there are as many as ever again, where it says so.</param>
internal sealed record RateLimit(decimal Left, decimal? Cost, TimeSpan? EndsIn)
{
    /// <summary>Far above any limit. So many are left where it says nothing: a limit that is met is told of by the status.</summary>
    private const decimal Max = 1_000_000;

    public static RateLimit Of(HttpResponseMessage response, TimeProvider time)
    {
        var cost = Number(response, "X-RateLimit-Used-CurrentRequest");
        cost = cost > 0 ? cost : null;
        return response.StatusCode == HttpStatusCode.TooManyRequests
            ? new(0, cost, response.RetryAfter(time))
            : new(Number(response, "X-RateLimit-Remaining") ?? Max, cost, null);
    }

    /// <summary>Freshdesk writes decimals, such as <c>700.0</c>.</summary>
    /// <returns>Null where there is none, or one that makes no sense.</returns>
    private static decimal? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && decimal.TryParse(string.Join(',', values), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Max
            ? number
            : null;
}
