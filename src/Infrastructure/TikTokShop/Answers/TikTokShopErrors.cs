using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Answers;

/// <summary>What TikTok Shop's codes and messages mean to this service, and what callers and the log are told of them. No message is repeated.</summary>
internal sealed class TikTokShopErrors([FromKeyedServices(Channels.TikTok)] TicketSystemErrors failures)
{
    private const int MaxRequestIdLength = 64;

    /// <summary>Whether another access token is needed.</summary>
    public static bool IsOfToken(TikTokShopEnvelope? answer) =>
        answer is { Code: TikTokShopCodes.TokenExpired or TikTokShopCodes.TokenInvalid }
        || (answer is { Code: TikTokShopCodes.InvalidParameter } && Says(answer, "access-token", "access_token", "access token"));

    /// <summary>Whether there is nothing of the id that was asked for, or it isn't an id at all. TikTok doesn't publish the codes of that.</summary>
    public static bool IsOfId(TikTokShopEnvelope answer, RequestedId requestedId) =>
        answer.Code is not (TikTokShopCodes.NotInScope or TikTokShopCodes.RateLimited or TikTokShopCodes.InternalError or TikTokShopCodes.Timeout or TikTokShopCodes.InvalidPath)
        && !IsOfToken(answer) && !IsOfShop(answer) && !IsOfSignature(answer)
        && ((answer.Code == TikTokShopCodes.InvalidParameter && Says(answer, requestedId.Parameter))
            || (Says(answer, "not found", "not exist") && Says(answer, requestedId.Noun)));

    /// <summary>What the answer gives.</summary>
    /// <exception cref="FailureException">It is a refusal.</exception>
    /// <exception cref="JsonException">It isn't what was expected.</exception>
    public T DataOf<T>(TikTokShopEnvelope? answer, HttpResponseMessage response) => (answer, response.StatusCode) switch
    {
        ({ Code: 0 }, HttpStatusCode.OK) => answer.DataAs<T>(),
        ({ Code: not 0 }, _) => throw Of(answer, response),
        (null, HttpStatusCode.OK) => throw new JsonException(),
        _ => throw failures.Of(response),
    };

    private FailureException Of(TikTokShopEnvelope answer, HttpResponseMessage response)
    {
        var id = answer.RequestId is { Length: <= MaxRequestIdLength } text && text.All(char.IsAsciiLetterOrDigit) ? text : "unknown";
        var cause = new HttpRequestException($"TikTok Shop answered with the code {answer.Code}, request {id}.", null, response.StatusCode);
        return answer.Code switch
        {
            TikTokShopCodes.RateLimited => failures.Limited(response, cause),
            TikTokShopCodes.NotInScope => failures.Failed("doesn't let this app do that: its authorization lacks the scope", cause),
            TikTokShopCodes.NoAuthorization or TikTokShopCodes.AuthorizationEnded => failures.Failed("no longer knows this service's refresh token: the shop must authorize the app again", cause),
            TikTokShopCodes.InternalError or TikTokShopCodes.Timeout => failures.Failed("failed on its own side", cause),
            _ when IsOfToken(answer) => failures.Failed("refused the access token of this service", cause),
            _ when IsOfShop(answer) => failures.Failed("refused TikTokShop:ShopCipher: it isn't that of a shop that the access token is for", cause),
            _ when IsOfSignature(answer) => failures.Failed(
                "refused the signature of this service: TikTokShop:AppKey, TikTokShop:AppSecret or the clock is wrong", cause),
            _ => failures.Failed($"answered with the code {answer.Code}", cause),
        };
    }

    private static bool IsOfShop(TikTokShopEnvelope answer) =>
        answer.Code is TikTokShopCodes.WrongShop or TikTokShopCodes.NoShop
        || (answer.Code == TikTokShopCodes.InvalidParameter && Says(answer, "shop_cipher", "shop_id"));

    private static bool IsOfSignature(TikTokShopEnvelope answer) =>
        answer.Code == TikTokShopCodes.WrongSignature
        || (answer.Code == TikTokShopCodes.InvalidParameter && Says(answer, "signature", "timestamp", "app_key"));

    private static bool Says(TikTokShopEnvelope answer, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (answer.Message?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }
}
