using System.Security.Cryptography;
using System.Text;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>What TikTok Shop knows by that a request comes from the app (https://partner.tiktokshop.com/docv2/page/sign-your-api-request).</summary>
internal static class TikTokShopSignature
{
    /// <param name="secret">The app's secret.</param>
    /// <param name="path">The path, as it is sent.</param>
    /// <param name="query">The parameters of the query, decoded, without the signature.</param>
    /// <param name="body">The body to the byte; empty for none.</param>
    public static string Of(string secret, string path, IEnumerable<KeyValuePair<string, string>> query, ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder(secret).Append(path);
        foreach (var (name, value) in query.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

        var key = Encoding.UTF8.GetBytes(secret);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(text.ToString()), .. body, .. key]));
    }
}
