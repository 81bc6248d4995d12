using System.Net;
using System.Net.Sockets;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>What callers are told when a ticket system can't be used. The causes stay in the log; neither has the credential in it.</summary>
/// <param name="system">What the system is called.</param>
/// <param name="time">The time.</param>
internal sealed class TicketSystemErrors(string system, TimeProvider time)
{
    /// <summary>An answer that is none.</summary>
    public FailureException Of(HttpResponseMessage response)
    {
        var cause = new HttpRequestException($"{system} answered with the status {(int)response.StatusCode}.", null, response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Failed("refused the credentials of this service", cause),
            HttpStatusCode.TooManyRequests => Limited(response, cause),
            HttpStatusCode.ServiceUnavailable => new(FailureCode.TicketSourceUnavailable, $"{system} isn't available for now.", cause)
            {
                RetryAfter = response.RetryAfter(time),
            },
            _ => new(FailureCode.TicketSourceFailed, cause.Message, cause),
        };
    }

    /// <summary>No answer, or one that can't be read.</summary>
    public FailureException Of(Exception exception) => exception switch
    {
        TimeoutRejectedException => new(FailureCode.TicketSourceTimeout, $"{system} took too long to answer.", WithoutText(exception)),
        BrokenCircuitException broken => new(FailureCode.TicketSourceUnavailable, $"{system} failed too often just now to be asked again yet.", WithoutText(exception))
        {
            RetryAfter = broken.RetryAfter,
        },
        HttpRequestException { HttpRequestError: not (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded) } =>
            new(FailureCode.TicketSourceUnavailable, $"{system} can't be reached.", WithoutText(exception)),
        _ => Failed("answered with something that can't be used", WithoutText(exception)),
    };

    /// <summary>It takes no calls, as it says with this answer.</summary>
    public FailureException Limited(HttpResponseMessage response, Exception cause) => Limited(response.RetryAfter(time), cause);

    /// <summary>It takes no calls.</summary>
    public FailureException Limited(TimeSpan? retryAfter, Exception? cause = null) =>
        new(FailureCode.TicketSourceUnavailable, $"{system} takes no more calls for now.", cause) { RetryAfter = retryAfter };

    /// <summary>Whether it is that the system takes no calls: because it said so now, or before, so that none was made.</summary>
    public static bool IsLimit(FailureException failure) =>
        failure is { Code: FailureCode.TicketSourceUnavailable, InnerException: null or HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } };

    /// <param name="what">What it did, after its name and without a full stop.</param>
    /// <param name="cause">What stays in the log.</param>
    public FailureException Failed(string what, Exception? cause = null) => new(FailureCode.TicketSourceFailed, $"{system} {what}.", cause);

    /// <summary>What went wrong for the log, without its message, which may repeat what the system sent.</summary>
    private HttpRequestException WithoutText(Exception exception)
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

        return new HttpRequestException($"The call to {system} failed: {string.Join(", ", kinds)}.");
    }
}
