using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Freshdesk's rate limit of an account (https://developers.freshdesk.com/api/#ratelimit).</summary>
internal static class FreshdeskRateLimit
{
    /// <summary>Limit above which numbers count as absent.</summary>
    private const decimal Max = 1_000_000;

    public static ThrottleSignal Read(HttpResponseMessage response, TimeProvider time)
    {
        var signal = ThrottleSignal.Read(response, time);
        return signal with
        {
            // Without Retry-After, the refusal may stand at the beginning of its minute.
            RetryAfter = signal.RetryAfter ?? RetryAfterHeader.MaxPause,
            CallsLeft = Number(response, "X-RateLimit-Remaining"),
            Cost = Number(response, "X-RateLimit-Used-CurrentRequest") is { } cost and > 0 ? cost : null,
        };
    }

    /// <summary>Reads a decimal such as <c>700.0</c>; else null.</summary>
    private static decimal? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && decimal.TryParse(string.Join(',', values), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number <= Max
            ? number : null;
}
