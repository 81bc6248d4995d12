namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Reads an answer to its end within the attempt that it belongs to, so that one that stalls or breaks off is tried again too.</summary>
internal sealed class WholeBodyHandler : DelegatingHandler
{
    /// <summary>Far above any ticket.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return response;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or InvalidOperationException)
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer broke off, is too large, or isn't encoded as it says.", exception);
        }
    }
}
