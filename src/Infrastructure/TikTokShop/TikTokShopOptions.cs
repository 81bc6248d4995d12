using Microsoft.Extensions.Configuration;

namespace OrderIssues.Infrastructure.TikTokShop;

/// <summary>Where TikTok Shop is, and what this service identifies itself and its shop with there.</summary>
internal sealed record TikTokShopOptions
{
    private const string Section = "TikTokShop";

    /// <summary>Where the API is.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Where tokens are exchanged.</summary>
    public required Uri AuthBaseUrl { get; init; }

    public required string AppKey { get; init; }

    /// <summary>A secret, which requests are signed with.</summary>
    public required string AppSecret { get; init; }

    /// <summary>A secret: the one that the shop's authorization gave, since which others may have taken its place.</summary>
    public required string AccessToken { get; init; }

    /// <inheritdoc cref="AccessToken"/>
    public required string RefreshToken { get; init; }

    /// <summary>Which shop it is, in the form that requests name it in.</summary>
    public required string ShopCipher { get; init; }

    /// <returns>Null where TikTok Shop isn't configured.</returns>
    /// <exception cref="StartupException">A value is missing or can't be used.</exception>
    public static TikTokShopOptions? Read(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().All(value => string.IsNullOrWhiteSpace(value.Value))
            ? null
            : new TikTokShopOptions
            {
                BaseUrl = Address(configuration, nameof(BaseUrl), "https://open-api.tiktokglobalshop.com"),
                AuthBaseUrl = Address(configuration, nameof(AuthBaseUrl), "https://auth.tiktok-shops.com"),
                AppKey = Required(configuration, nameof(AppKey)),
                AppSecret = Required(configuration, nameof(AppSecret)),
                AccessToken = Required(configuration, nameof(AccessToken)),
                RefreshToken = Required(configuration, nameof(RefreshToken)),
                ShopCipher = Required(configuration, nameof(ShopCipher)),
            };

    private static string Required(IConfiguration configuration, string name) =>
        configuration[$"{Section}:{name}"]?.Trim() is { Length: > 0 } value && value.All(c => c is > ' ' and <= '~')
            ? value
            : throw new StartupException($"{Section}:{name} is missing beside other keys of {Section}, or has other characters than visible ASCII.");

    /// <summary>The path that is signed begins at the host.</summary>
    private static Uri Address(IConfiguration configuration, string name, string official) =>
        Uri.TryCreate(configuration[$"{Section}:{name}"]?.Trim() is { Length: > 0 } text ? text : official, UriKind.Absolute, out var address)
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new StartupException($"{Section}:{name} must be an https address without a path, such as {official}.");
}
