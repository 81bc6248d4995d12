using System.Net;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Reads the envelope of each answer, and sets the status that its code means: TikTok Shop sends many failures as 200.</summary>
internal sealed class EnvelopeHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var answer = await TikTokShopEnvelope.ReadAsync(request, response, cancellationToken);
        response.StatusCode = answer?.Code switch
        {
            TikTokShopCodes.RateLimited => HttpStatusCode.TooManyRequests,
            TikTokShopCodes.InternalError => HttpStatusCode.InternalServerError,
            TikTokShopCodes.Timeout => HttpStatusCode.GatewayTimeout,
            _ => response.StatusCode,
        };
        return response;
    }
}
