using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Adds the access token, renewed when refused.</summary>
internal sealed class AccessTokenHandler(AccessTokens tokens) : DelegatingHandler
{
    private const string Header = "x-tts-access-token";
    /// <summary>Two: another instance's token may have expired already.</summary>
    private const int MaxRenewals = 2;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.CurrentAsync(cancellationToken);
        for (var renewals = 0; ; renewals++)
        {
            request.Headers.Remove(Header);
            request.Headers.Add(Header, token);
            var response = await base.SendAsync(request, cancellationToken);
            if (renewals == MaxRenewals || !TikTokShopErrors.IsOfToken(TikTokShopEnvelope.Of(request)))
            {
                return response;
            }

            response.Dispose();
            token = await tokens.RenewAsync(token, cancellationToken);
        }
    }
}
