using System.Net;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>
/// One attempt of a call: none while Freshdesk takes no calls, and with a ticket read to its end, so that one that stalls or breaks off is
/// tried again too. Of other answers the status says it all.
/// </summary>
internal sealed class FreshdeskAttempt(FreshdeskPause pause, TimeProvider time) : DelegatingHandler
{
    /// <summary>Far above any ticket.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (pause.Left is { Ticks: > 0 } left)
        {
            throw FreshdeskFailures.Limited(left);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests && response.RetryAfter(time) is { } asked && asked > FreshdeskHttp.LongestWait)
        {
            pause.Begin(asked);
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            await ReadAsync(response, cancellationToken);
        }

        return response;
    }

    private static async Task ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or InvalidOperationException)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer broke off, is too large, or isn't encoded as it says.", exception);
        }
    }
}
