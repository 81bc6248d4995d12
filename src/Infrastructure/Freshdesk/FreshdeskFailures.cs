using System.Net;
using System.Net.Sockets;
using OrderIssues.Application.Common.Errors;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>What callers are told when Freshdesk can't be used. The causes stay in the log; neither has the credential in it.</summary>
internal static class FreshdeskFailures
{
    public static FailureException AsFailure(this HttpResponseMessage response, TimeProvider time)
    {
        var cause = new HttpRequestException($"Freshdesk answered with the status {(int)response.StatusCode}.", null, response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new(FailureCode.TicketSourceFailed, "Freshdesk refused the credentials of this service.", cause),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => Limited(response.RetryAfter(time), cause),
            _ => new(FailureCode.TicketSourceFailed, cause.Message, cause),
        };
    }

    public static FailureException AsFailure(this Exception exception) => exception switch
    {
        TimeoutRejectedException => new(FailureCode.TicketSourceTimeout, "Freshdesk took too long to answer.", WithoutText(exception)),
        BrokenCircuitException broken => new(FailureCode.TicketSourceUnavailable, "Freshdesk failed too often just now to be asked again yet.", WithoutText(exception))
        {
            RetryAfter = broken.RetryAfter,
        },
        HttpRequestException { HttpRequestError: not (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded) } =>
            new(FailureCode.TicketSourceUnavailable, "Freshdesk can't be reached.", WithoutText(exception)),
        _ => new(FailureCode.TicketSourceFailed, "Freshdesk answered with something that can't be used.", WithoutText(exception)),
    };

    public static FailureException Limited(TimeSpan? retryAfter, Exception? cause = null) =>
        new(FailureCode.TicketSourceUnavailable, "Freshdesk takes no more calls for now.", cause) { RetryAfter = retryAfter };

    /// <summary>What went wrong for the log, without its message, which may repeat what Freshdesk sent.</summary>
    private static HttpRequestException WithoutText(Exception exception)
    {
        var kinds = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            kinds.Add(inner switch
            {
                HttpRequestException http => $"{nameof(HttpRequestException)} ({http.HttpRequestError})",
                SocketException socket => $"{nameof(SocketException)} ({socket.SocketErrorCode})",
                _ => inner.GetType().Name,
            });
        }

        return new HttpRequestException($"The call to Freshdesk failed: {string.Join(", ", kinds)}.");
    }

    /// <summary>How long to wait, by the answer's <c>Retry-After</c> (RFC 9110 section 10.2.3); null where it doesn't say.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is { Ticks: > 0 } wait => wait,
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };
}
