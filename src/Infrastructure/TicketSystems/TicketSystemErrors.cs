using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Failures of a ticket system, without credentials.</summary>
internal sealed class TicketSystemErrors(string system, TimeProvider time)
{
    public FailureException Of(HttpResponseMessage response)
    {
        var cause = new HttpRequestException($"{system} answered with the status {(int)response.StatusCode}.", null, response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Failed("refused the credentials of this service", cause),
            HttpStatusCode.TooManyRequests => Throttled(response, cause),
            HttpStatusCode.ServiceUnavailable => new(FailureCode.TicketSourceUnavailable, $"{system} isn't available for now.", cause)
            {
                RetryAfter = response.RetryAfter(time),
            },
            _ => new(FailureCode.TicketSourceFailed, cause.Message, cause),
        };
    }

    /// <summary>Makes a call, whose faults become failures.</summary>
    /// <exception cref="FailureException">The system can't be reached, or its answer can't be used.</exception>
    public async Task<T> OrFailureAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or JsonException)
        {
            throw Of(exception);
        }
    }

    private FailureException Of(Exception exception) => exception switch
    {
        TimeoutRejectedException => new(FailureCode.TicketSourceTimeout, $"{system} took too long to answer.", WithoutText(exception)),
        BrokenCircuitException broken => new(
            FailureCode.TicketSourceUnavailable, $"{system} failed too often just now to be asked again yet.", WithoutText(exception))
        {
            RetryAfter = broken.RetryAfter,
        },
        HttpRequestException { HttpRequestError: not (HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded) } =>
            new(FailureCode.TicketSourceUnavailable, $"{system} can't be reached.", WithoutText(exception)),
        _ => Failed("answered with something that can't be used", WithoutText(exception)),
    };

    public FailureException Throttled(HttpResponseMessage response, Exception cause) => Throttled(response.RetryAfter(time), cause);

    public FailureException Throttled(TimeSpan? retryAfter, Exception? cause = null) =>
        new(FailureCode.TicketSourceUnavailable, $"{system} takes no more calls for now.", cause) { RetryAfter = retryAfter };

    /// <summary>True for refusals by rate limit or gate.</summary>
    public static bool IsThrottled(FailureException failure) =>
        failure.Code == FailureCode.TicketSourceUnavailable
        && failure.InnerException is null or HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests };

    public FailureException Failed(string what, Exception? cause = null) => new(FailureCode.TicketSourceFailed, $"{system} {what}.", cause);

    /// <summary>Names exception kinds; messages may repeat customers' data.</summary>
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
