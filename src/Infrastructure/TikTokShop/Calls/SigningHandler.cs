namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Signs each attempt of a call anew: TikTok Shop takes a timestamp from 5 minutes ago to 30 seconds from now.</summary>
internal sealed class SigningHandler(TikTokShopOptions options, TimeProvider time) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = TikTokShopCall.Of(request);
        List<KeyValuePair<string, string>> query =
        [
            .. call.Query,
            new("app_key", options.AppKey),
            new("shop_cipher", options.ShopCipher),
            new("timestamp", time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        query.Add(new("sign", TikTokShopSignature.Of(options.AppSecret, call.Path, query, call.Body)));
        var text = string.Join('&', query.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
        request.RequestUri = new Uri(options.BaseUrl, $"{call.Path}?{text}");
        return base.SendAsync(request, cancellationToken);
    }
}
