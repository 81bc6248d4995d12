using System.Net;

namespace OrderIssues.Infrastructure.TicketSystems;

/// <summary>Reads answers whole, so broken ones are retried.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads refusals too; broken ones count as empty.</summary>
    public bool ReadsRefusals { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var isRefusal = response.StatusCode != HttpStatusCode.OK;
        try
        {
            if (!isRefusal || ReadsRefusals)
            {
                await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or InvalidOperationException)
        {
            if (!isRefusal)
            {
                response.Dispose();
                throw new HttpRequestException(
                    HttpRequestError.InvalidResponse, "The answer broke off, is too large, or isn't encoded as it says.", exception);
            }

            response.Content = new ByteArrayContent([]);
        }

        return response;
    }
}
