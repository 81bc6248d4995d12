using System.Net;

namespace OrderIssues.Infrastructure.TicketSystems;

internal delegate ThrottleSignal ThrottleReader(HttpResponseMessage response, TimeProvider time);

/// <summary>Throttling by one answer; null where it is silent.</summary>
internal readonly record struct ThrottleSignal(bool IsRefused, TimeSpan? RetryAfter)
{
    /// <summary>Calls left in this minute.</summary>
    public decimal? CallsLeft { get; init; }

    /// <summary>Calls that this one counted as.</summary>
    public decimal? Cost { get; init; }

    public static ThrottleSignal Read(HttpResponseMessage response, TimeProvider time) =>
        new(response.StatusCode == HttpStatusCode.TooManyRequests, response.RetryAfter(time));
}
