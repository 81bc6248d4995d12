using System.Net;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Reads throttling information from an answer.</summary>
internal delegate ThrottleSignal ThrottleReader(HttpResponseMessage response, TimeProvider time);

/// <summary>Throttling information of one answer.</summary>
/// <param name="IsRefused">True when the system takes no calls for now.</param>
/// <param name="RetryAfter">Pause that it asks for; null when it doesn't say.</param>
internal readonly record struct ThrottleSignal(bool IsRefused, TimeSpan? RetryAfter)
{
    /// <summary>Calls left in this minute; null when the system doesn't say.</summary>
    public decimal? CallsLeft { get; init; }

    /// <summary>Calls that this one counted as; null when the system doesn't say.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Reads the status and <c>Retry-After</c>.</summary>
    public static ThrottleSignal Read(HttpResponseMessage response, TimeProvider time) =>
        new(response.StatusCode == HttpStatusCode.TooManyRequests, response.RetryAfter(time));
}
