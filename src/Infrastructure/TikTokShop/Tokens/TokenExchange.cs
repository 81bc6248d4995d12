using OrderIssues.Infrastructure.TicketSystems;
using OrderIssues.Infrastructure.TikTokShop.Calls;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>Exchanges a refresh token for new tokens (https://partner.tiktokshop.com/docv2/page/authorization-overview-202407).</summary>
/// <remarks>Makes one attempt, since a refresh token works once.</remarks>
internal sealed class TokenExchange(
    IHttpClientFactory clients, TikTokShopOptions options, TikTokShopErrors refusals,
    [FromKeyedServices(Channels.TikTok)] TicketSystemErrors errors)
{
    public const string Name = "tiktok-tokens";

    /// <exception cref="FailureException">There are no new tokens. The refresh token may be used up or not.</exception>
    public Task<TokenPair> RunAsync(string refreshToken) => errors.OrFailureAsync(async () =>
    {
        using var http = clients.CreateClient(Name);
        using var request = TicketHttp.Get(
            $"api/v2/token/refresh?app_key={Uri.EscapeDataString(options.AppKey)}&app_secret={Uri.EscapeDataString(options.AppSecret)}"
            + $"&refresh_token={Uri.EscapeDataString(refreshToken)}&grant_type=refresh_token");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var pair = refusals.DataOf<TokenPair>(TikTokShopEnvelope.Of(request), response);
        return pair.IsUsable ? pair : throw new JsonException();
    });
}

/// <summary>New tokens; answers tell when they expire.</summary>
internal sealed record TokenPair
{
    private const int MaxCharacters = 4096;

    public required string AccessToken { get; init; }
    public required string RefreshToken { get; init; }

    /// <summary>False for tokens that can't be sent.</summary>
    public bool IsUsable => IsToken(AccessToken) && IsToken(RefreshToken);

    private static bool IsToken(string? text) => text is { Length: > 0 and <= MaxCharacters } && text.All(c => c is > ' ' and <= '~');
}
