namespace OrderIssues.Infrastructure.TikTokShop.Calls;

/// <summary>TikTok Shop's error codes (https://partner.tiktokshop.com/docv2/page/common-errors).</summary>
internal static class TikTokShopCodes
{
    public const long WrongShop = 101000;
    /// <summary>Seen, but not published.</summary>
    public const long TokenInvalid = 105001;
    public const long TokenExpired = 105002;
    public const long NotInScope = 105005;
    public const long WrongSignature = 106001;
    public const long NoShop = 106013;
    public const long RateLimited = 36009002;
    public const long InternalError = 36009003;
    /// <summary>Covers many failures; only the message differs.</summary>
    public const long InvalidParameter = 36009004;
    public const long Timeout = 36009007;
    public const long InvalidPath = 36009009;
    /// <summary>Unknown or used refresh token; unpublished (https://github.com/EcomPHP/tiktokshop-php/pull/15).</summary>
    public const long NoAuthorization = 36004005;
    /// <summary>Expired refresh token, from the same source.</summary>
    public const long AuthorizationEnded = 36004001;
}
