using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Adds the access token to a call, and sends the call again with a new one when it is refused.</summary>
internal sealed class AccessTokenHandler(AccessTokens tokens) : DelegatingHandler
{
    private const string Header = "x-tts-access-token";

    /// <summary>Two, since the first may give a token that another instance got and that has expired since.</summary>
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
