using Microsoft.Extensions.Configuration;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Where Freshdesk is, what this service identifies itself with there, how it finds the orders of tickets, and how many calls it leaves to others.</summary>
internal sealed record FreshdeskOptions
{
    private const string BaseUrlKey = "Freshdesk:BaseUrl";
    private const string ApiKeyKey = "Freshdesk:ApiKey";
    private const string RateLimitFloorKey = "Freshdesk:RateLimitFloor";
    private const int DefaultRateLimitFloor = 10;

    /// <summary>Ends with a slash, so that relative addresses add to it.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>A secret.</summary>
    public required string ApiKey { get; init; }

    public required FreshdeskOrderIds OrderIds { get; init; }

    /// <summary>When Freshdesk takes fewer calls than these in a minute, they are left to others; 0: none are.</summary>
    public required int RateLimitFloor { get; init; }

    /// <returns>Null where Freshdesk isn't configured.</returns>
    /// <exception cref="StartupException">A value is missing or can't be used.</exception>
    public static FreshdeskOptions? Read(IConfiguration configuration)
    {
        // Also where Freshdesk isn't configured: a value that can't be used isn't left for later.
        var orderIds = FreshdeskOrderIds.Read(configuration);
        var rateLimitFloor = Floor(configuration[RateLimitFloorKey]?.Trim() ?? "");
        return (configuration[BaseUrlKey]?.Trim() ?? "", configuration[ApiKeyKey]?.Trim() ?? "") switch
        {
            ("", "") => null,
            ("", _) => throw new StartupException($"{BaseUrlKey} is missing beside {ApiKeyKey}."),
            (_, "") => throw new StartupException($"{ApiKeyKey} is missing beside {BaseUrlKey}."),
            var (baseUrl, apiKey) => new FreshdeskOptions { BaseUrl = Address(baseUrl), ApiKey = apiKey, OrderIds = orderIds, RateLimitFloor = rateLimitFloor },
        };
    }

    private static int Floor(string text) =>
        text.Length == 0 ? DefaultRateLimitFloor
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var floor) ? floor
        : throw new StartupException($"{RateLimitFloorKey} must be a whole number of calls, or 0 to leave none to others.");

    private static Uri Address(string text) =>
        Uri.TryCreate($"{text.TrimEnd('/')}/", UriKind.Absolute, out var address)
        && address is { Query: "", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && !address.AbsolutePath.Contains("/api/", StringComparison.Ordinal)
            ? address
            : throw new StartupException($"{BaseUrlKey} must be an https address without /api/v2, such as https://acme.freshdesk.com.");
}
