using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Infrastructure.TicketSystems;
using OrderIssues.Infrastructure.TikTokShop.Answers;
using Polly;

namespace OrderIssues.Infrastructure.TikTokShop.Tokens;

/// <summary>
/// Gets a new pair of tokens for a refresh token (https://partner.tiktokshop.com/docv2/page/authorization-overview-202407). It asks once: what has been
/// used is used up.
/// </summary>
internal sealed class TokenExchange(
    IHttpClientFactory clients, TikTokShopOptions options, TikTokShopErrors refusals, [FromKeyedServices(Channels.TikTok)] TicketSystemErrors failures)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Name = "tiktok-tokens";

    /// <exception cref="FailureException">TikTok Shop refused, can't be reached, or its answer can't be used. Whether the token is used up, nobody knows.</exception>
    public async Task<TokenPair> ForAsync(string refreshToken)
    {
        try
        {
            using var http = clients.CreateClient(Name);
            using var request = TicketHttp.Get(
                $"api/v2/token/refresh?app_key={Uri.EscapeDataString(options.AppKey)}&app_secret={Uri.EscapeDataString(options.AppSecret)}"
                + $"&refresh_token={Uri.EscapeDataString(refreshToken)}&grant_type=refresh_token");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var answer = await TikTokShopEnvelope.ReadAsync(response, CancellationToken.None);
            return refusals.DataOf<TokenPair>(answer, response) is { IsUsable: true } pair ? pair : throw new JsonException();
        }
        catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or JsonException)
        {
            throw failures.Of(exception);
        }
    }
}
