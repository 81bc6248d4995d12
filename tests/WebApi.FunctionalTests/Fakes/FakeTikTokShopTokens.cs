using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>The pair of tokens that works at <see cref="FakeTikTokShop"/>, and what those before it are worth.</summary>
internal sealed class FakeTikTokShopTokens(TimeProvider time)
{
    private readonly Lock turn = new();
    private readonly HashSet<string> earlier = [];
    private DateTimeOffset? expiresAt;

    public string AccessToken { get; private set; } = FakeTikTokShop.FirstAccessToken;

    public string RefreshToken { get; private set; } = FakeTikTokShop.FirstRefreshToken;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    public int Refreshes { get; private set; }

    public void Expire()
    {
        lock (turn)
        {
            expiresAt = time.GetUtcNow();
        }
    }

    /// <summary>The code of the failure of a request with this access token; 0: none.</summary>
    public int CodeOf(string accessToken)
    {
        lock (turn)
        {
            return earlier.Contains(accessToken) || (accessToken == AccessToken && expiresAt <= time.GetUtcNow()) ? 105002
                : accessToken != AccessToken ? FakeTikTokShop.InvalidParameter
                : 0;
        }
    }

    /// <summary>Takes effect at once; the answer is given by whoever calls what this returns.</summary>
    public Func<HttpContext, Task> Exchange(HttpRequest request)
    {
        if (Refusal(request, "refresh_token") is { } refusal)
        {
            return refusal;
        }

        lock (turn)
        {
            if (request.Query["refresh_token"] != RefreshToken)
            {
                return FakeTikTokShop.Code(36004005);
            }

            earlier.Add(AccessToken);
            Refreshes++;
            (AccessToken, RefreshToken) = ($"TTP_access-{Refreshes + 1}-kUbN7mE", $"TTP_refresh-{Refreshes + 1}+/Zq8==");
            expiresAt = time.GetUtcNow() + Lifetime;
            return Pair();
        }
    }

    /// <summary>The first pair, for the code of the authorization.</summary>
    public Func<HttpContext, Task> First(HttpRequest request)
    {
        lock (turn)
        {
            return Refusal(request, "authorized_code") ?? (request.Query["auth_code"] == FakeTikTokShop.AuthorizationCode ? Pair() : FakeTikTokShop.Code(36004004));
        }
    }

    private static Func<HttpContext, Task>? Refusal(HttpRequest request, string grant) =>
        request.Method != HttpMethods.Get ? FakeTikTokShop.Status(404)
        : request.Query["app_key"] != FakeTikTokShop.AppKey || request.Query["app_secret"] != FakeTikTokShop.AppSecret || request.Query["grant_type"] != grant
            ? FakeTikTokShop.Code(FakeTikTokShop.WrongApp)
        : null;

    private Func<HttpContext, Task> Pair() => FakeTikTokShop.Data(
        $$"""
        {"access_token":"{{AccessToken}}","access_token_expire_in":{{(expiresAt ?? time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()}},
        "refresh_token":"{{RefreshToken}}","refresh_token_expire_in":{{time.GetUtcNow().AddDays(365).ToUnixTimeSeconds()}},
        "open_id":"7010736057180325637","seller_name":"Mugs","seller_base_region":"US","user_type":0,"granted_scopes":["seller.order.info"]}
        """,
        "success");
}
