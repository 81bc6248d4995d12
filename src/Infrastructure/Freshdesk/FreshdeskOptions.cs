using System.ComponentModel.DataAnnotations;
using OrderIssues.Application.Common.Configuration;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Options of the section <c>Freshdesk</c>. Default: not configured.</summary>
internal sealed class FreshdeskOptions : IValidatableObject
{
    public const string Section = "Freshdesk";
    private const string AddressRule = "must be an https address without /api/v2, such as https://acme.freshdesk.com.";

    /// <summary>Account's address. Default: none; Freshdesk stays off.</summary>
    [HttpsAddress(ErrorMessage = "{0} " + AddressRule)]
    public Uri? BaseUrl { get; set; }

    /// <summary>Agent's API key, a secret. Default: none; required beside <see cref="BaseUrl"/>.</summary>
    [VisibleAscii]
    public string? ApiKey { get; set; }

    /// <summary>Custom field that holds the order. Default: none.</summary>
    public string OrderIdField { get; set; } = "";

    /// <summary>Patterns of orders in subjects, by index. Default: <see cref="FreshdeskOrderIds"/>'s.</summary>
    public Dictionary<string, string> OrderIdPatterns { get; set; } = [];

    /// <summary>Calls a minute left to others. Default: 10.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "{0} must be a whole number of calls, or 0 to leave none to others.")]
    public int RateLimitFloor { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is null != ApiKey is null)
        {
            var (missing, other) = BaseUrl is null ? (nameof(BaseUrl), nameof(ApiKey)) : (nameof(ApiKey), nameof(BaseUrl));
            yield return new($"{Section}:{missing} is missing beside {Section}:{other}.");
        }

        if (BaseUrl is { } url && (url.Query + url.Fragment != "" || $"{url.AbsolutePath}/".Contains("/api/", StringComparison.Ordinal)))
        {
            yield return new($"{Section}:{nameof(BaseUrl)} {AddressRule}");
        }

        foreach (var (index, pattern) in OrderIdPatterns)
        {
            if (FreshdeskOrderIds.ErrorIn(pattern) is { } error)
            {
                yield return new($"{Section}:{nameof(OrderIdPatterns)}:{index} {error}");
            }
        }
    }
}
