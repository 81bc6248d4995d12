using System.Net;
using OrderIssues.Infrastructure.TikTokShop.Answers;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Gives an answer the status that its code means, where another try may help: TikTok Shop sends many failures with the status 200.</summary>
internal sealed class StatusHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.StatusCode = await TikTokShopEnvelope.ReadAsync(response, cancellationToken) switch
        {
            { Code: TikTokShopCodes.RateLimited } => HttpStatusCode.TooManyRequests,
            { Code: TikTokShopCodes.InternalError } => HttpStatusCode.InternalServerError,
            { Code: TikTokShopCodes.Timeout } => HttpStatusCode.GatewayTimeout,
            _ => response.StatusCode,
        };
        return response;
    }
}
