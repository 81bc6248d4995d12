using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Answers;

/// <summary>What TikTok Shop's codes and messages mean to this service, and what callers and the log are told of them. No message is repeated.</summary>
internal sealed class TikTokShopRefusals([FromKeyedServices(Channels.TikTok)] CallFailures failures)
{
    private const int LongestRequestId = 64;

    /// <summary>Whether another access token is needed.</summary>
    public static bool IsOfToken(TikTokShopEnvelope? answer) =>
        answer is { Code: TikTokShopCodes.TokenExpired } || (IsInvalidParameter(answer) && Says(answer, "access-token", "access_token"));

    /// <summary>Whether there is nothing of the id that was asked for, or it isn't an id at all.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="parameter">What the id was called.</param>
    public static bool IsOfId(TikTokShopEnvelope? answer, string parameter) =>
        answer is not (null or { Code: TikTokShopCodes.InvalidPath })
        && (Says(answer, "not found", "not exist") || (IsInvalidParameter(answer) && Says(answer, parameter)));

    public FailureException Of(TikTokShopEnvelope answer, HttpResponseMessage response)
    {
        var id = answer.RequestId is { Length: <= LongestRequestId } text && text.All(char.IsAsciiLetterOrDigit) ? text : "unknown";
        var cause = new HttpRequestException($"TikTok Shop answered with the code {answer.Code}, request {id}.", null, response.StatusCode);
        return answer.Code switch
        {
            TikTokShopCodes.RateLimited => failures.Of(response),
            TikTokShopCodes.NotInScope => failures.Failed("doesn't let this app do that: its authorization lacks the scope", cause),
            TikTokShopCodes.WrongShop or TikTokShopCodes.NoShop => OfShop(cause),
            TikTokShopCodes.WrongSignature => OfSignature(cause),
            TikTokShopCodes.NoAuthorization => failures.Failed("no longer knows this service's refresh token: the shop must authorize the app again", cause),
            TikTokShopCodes.InternalError or TikTokShopCodes.Timeout => failures.Failed("failed on its own side", cause),
            _ when IsOfToken(answer) => failures.Failed("refused the access token of this service", cause),
            TikTokShopCodes.InvalidParameter when Says(answer, "shop_cipher", "shop_id") => OfShop(cause),
            TikTokShopCodes.InvalidParameter when Says(answer, "signature", "timestamp", "app_key") => OfSignature(cause),
            _ => failures.Failed($"answered with the code {answer.Code}", cause),
        };
    }

    private FailureException OfShop(HttpRequestException cause) =>
        failures.Failed("refused TikTokShop:ShopCipher: it isn't that of a shop that the access token is for", cause);

    private FailureException OfSignature(HttpRequestException cause) =>
        failures.Failed("refused the signature of this service: TikTokShop:AppKey, TikTokShop:AppSecret or the clock is wrong", cause);

    private static bool IsInvalidParameter(TikTokShopEnvelope? answer) => answer is { Code: TikTokShopCodes.InvalidParameter };

    private static bool Says(TikTokShopEnvelope? answer, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (answer?.Message?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }
}
