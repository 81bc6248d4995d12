using System.ComponentModel.DataAnnotations;
using OrderIssues.Application.Common.Configuration;

namespace OrderIssues.Infrastructure.TikTokShop;

/// <summary>Options of the section <c>TikTokShop</c>. Default: not configured.</summary>
internal sealed class TikTokShopOptions : IValidatableObject
{
    public const string Section = "TikTokShop";
    private const string DefaultBaseUrl = "https://open-api.tiktokglobalshop.com";
    private const string DefaultAuthBaseUrl = "https://auth.tiktok-shops.com";

    /// <summary>API's address, without a path. Default: TikTok's own.</summary>
    [HttpsAddress(IsHostOnly = true, ErrorMessage = "{0} must be an https address without a path, such as " + DefaultBaseUrl + ".")]
    public Uri BaseUrl { get; set; } = new(DefaultBaseUrl);

    /// <summary>Address that exchanges tokens. Default: TikTok's own.</summary>
    [HttpsAddress(IsHostOnly = true, ErrorMessage = "{0} must be an https address without a path, such as " + DefaultAuthBaseUrl + ".")]
    public Uri AuthBaseUrl { get; set; } = new(DefaultAuthBaseUrl);

    /// <summary>Key of the app. Required.</summary>
    public string AppKey { get; set; } = "";

    /// <summary>Secret that signs requests. Required.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>First access token, a secret. Required.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>First refresh token, a secret. Required.</summary>
    public string RefreshToken { get; set; } = "";

    /// <summary>Name of the shop in requests. Required.</summary>
    public string ShopCipher { get; set; } = "";

    /// <summary>True where the section has any value.</summary>
    public bool IsConfigured { get; internal set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string Value)[] required =
        [
            (nameof(AppKey), AppKey), (nameof(AppSecret), AppSecret), (nameof(AccessToken), AccessToken),
            (nameof(RefreshToken), RefreshToken), (nameof(ShopCipher), ShopCipher),
        ];
        return from key in required
               where IsConfigured && (key.Value.Length == 0 || !key.Value.All(c => c is > ' ' and <= '~'))
               select new ValidationResult(
                   $"{Section}:{key.Name} is missing beside other keys of {Section}, or has other characters than visible ASCII.");
    }
}
