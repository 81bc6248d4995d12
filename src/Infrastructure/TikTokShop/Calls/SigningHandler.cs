using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Signs each attempt: timestamps expire after 5 minutes.</summary>
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
        query.Add(new("sign", Sign(call.Path, query, call.Body)));
        var text = string.Join(
            '&', query.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
        request.RequestUri = new Uri(options.BaseUrl, $"{call.Path}?{text}");
        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>Signs a request as https://partner.tiktokshop.com/docv2/page/sign-your-api-request says.</summary>
    private string Sign(string path, IEnumerable<KeyValuePair<string, string>> query, ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder(options.AppSecret).Append(path);
        foreach (var (name, value) in query.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

        var key = Encoding.UTF8.GetBytes(options.AppSecret);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(text.ToString()), .. body, .. key]));
    }
}
