using System.Net;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>
/// Reads an answer to its end within the attempt, so that one that stalls or breaks off is tried again too. Of other answers than 200 the status says
/// it all, or most.
/// </summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    /// <summary>Far above any ticket.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <returns>Why it can't be read; null when it has been.</returns>
    public static async Task<Exception?> FailureToReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or InvalidOperationException)
        {
            return exception;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK && await FailureToReadAsync(response, cancellationToken) is { } failure)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer broke off, is too large, or isn't encoded as it says.", failure);
        }

        return response;
    }
}
