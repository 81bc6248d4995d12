namespace OrderIssues.Infrastructure.TikTokShop.Answers;

/// <summary>What TikTok Shop calls what went wrong (https://partner.tiktokshop.com/docv2/page/common-errors).</summary>
internal static class TikTokShopCodes
{
    public const long WrongShop = 101000;

    /// <summary>Seen, not published.</summary>
    public const long TokenInvalid = 105001;
    public const long TokenExpired = 105002;
    public const long NotInScope = 105005;
    public const long WrongSignature = 106001;
    public const long NoShop = 106013;
    public const long RateLimited = 36009002;
    public const long InternalError = 36009003;

    /// <summary>Many things, which only the message tells apart.</summary>
    public const long InvalidParameter = 36009004;
    public const long Timeout = 36009007;
    public const long InvalidPath = 36009009;

    /// <summary>
    /// This and the next one are of the exchange of tokens: the refresh token is unknown or was used before; it has expired. Both are seen
    /// (https://github.com/EcomPHP/tiktokshop-php/pull/15), not published.
    /// </summary>
    public const long NoAuthorization = 36004005;
    public const long AuthorizationEnded = 36004001;
}
