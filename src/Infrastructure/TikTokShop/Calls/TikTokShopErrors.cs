using System.Net;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>Failures by TikTok Shop's codes, never repeating messages.</summary>
internal sealed class TikTokShopErrors([FromKeyedServices(Channels.TikTok)] TicketSystemErrors errors)
{
    private const int MaxRequestIdLength = 64;

    public static bool IsOfToken(TikTokShopEnvelope? answer) =>
        answer is { Code: TikTokShopCodes.TokenExpired or TikTokShopCodes.TokenInvalid }
        || (answer is { Code: TikTokShopCodes.InvalidParameter } && Says(answer, "access-token", "access_token", "access token"));

    /// <summary>True for unknown or malformed ids (codes unpublished).</summary>
    public static bool IsOfId(TikTokShopEnvelope answer, RequestedId requestedId) =>
        answer.Code is not (TikTokShopCodes.NotInScope or TikTokShopCodes.RateLimited or TikTokShopCodes.InternalError
            or TikTokShopCodes.Timeout or TikTokShopCodes.InvalidPath)
        && !IsOfToken(answer) && !IsOfShop(answer) && !IsOfSignature(answer)
        && ((answer.Code == TikTokShopCodes.InvalidParameter && Says(answer, requestedId.Parameter))
            || (Says(answer, "not found", "not exist") && Says(answer, requestedId.Noun)));

    /// <exception cref="JsonException">The answer has another form.</exception>
    public T DataOf<T>(TikTokShopEnvelope? answer, HttpResponseMessage response) => (answer, response.StatusCode) switch
    {
        ({ Code: 0 }, HttpStatusCode.OK) => answer.DataAs<T>(),
        ({ Code: not 0 }, _) => throw Of(answer, response),
        (null, HttpStatusCode.OK) => throw new JsonException(),
        _ => throw errors.Of(response),
    };

    private FailureException Of(TikTokShopEnvelope answer, HttpResponseMessage response)
    {
        var id = answer.RequestId is { Length: <= MaxRequestIdLength } text && text.All(char.IsAsciiLetterOrDigit) ? text : "unknown";
        var cause = new HttpRequestException($"TikTok Shop answered with the code {answer.Code}, request {id}.", null, response.StatusCode);
        return answer.Code switch
        {
            TikTokShopCodes.RateLimited => errors.Throttled(response, cause),
            TikTokShopCodes.NotInScope => errors.Failed("doesn't let this app do that: its authorization lacks the scope", cause),
            TikTokShopCodes.NoAuthorization or TikTokShopCodes.AuthorizationEnded => errors.Failed(
                "no longer knows this service's refresh token: the shop must authorize the app again", cause),
            TikTokShopCodes.InternalError or TikTokShopCodes.Timeout => errors.Failed("failed on its own side", cause),
            _ when IsOfToken(answer) => errors.Failed("refused the access token of this service", cause),
            _ when IsOfShop(answer) => errors.Failed(
                "refused TikTokShop:ShopCipher: it isn't that of a shop that the access token is for", cause),
            _ when IsOfSignature(answer) => errors.Failed(
                "refused the signature of this service: TikTokShop:AppKey, TikTokShop:AppSecret or the clock is wrong", cause),
            _ => errors.Failed($"answered with the code {answer.Code}", cause),
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

/// <summary>Words of TikTok Shop's messages for an id.</summary>
internal sealed record RequestedId(string Parameter, string Noun);
