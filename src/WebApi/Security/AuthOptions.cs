namespace OrderIssues.WebApi.Security;

internal sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>Permits anonymous access. Default: true in Development only.</summary>
    public bool? AllowAnonymous { get; set; }

    public ApiKeyList ApiKeys { get; set; } = [];

    public JwtOptions Jwt { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKeys.Count == 0 && Jwt.Authority is null && AllowAnonymous != true)
        {
            yield return new(
                $"Nobody may call: set {ApiKeyList.Section}, or {JwtOptions.Section}:Authority and {JwtOptions.Section}:Audience, "
                + $"or {Section}:{nameof(AllowAnonymous)} to true if whoever reaches this port may do anything.");
        }
    }
}

internal sealed class JwtOptions : IValidatableObject
{
    public const string Section = $"{AuthOptions.Section}:Jwt";

    /// <summary>Issuer of the tokens (RFC 7519). Default: none, no tokens.</summary>
    [HttpsAddress(AllowsHttp = true, ErrorMessage = "{0} must be an https address.")]
    public Uri? Authority { get; set; }

    /// <summary>Audience, required with <see cref="Authority"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>Claims that may hold scopes, as a text or a list. Default: <c>scope scp roles permissions</c>.</summary>
    [TextOrList(' ')]
    public IReadOnlyList<string> ScopeClaims { get; set; } = ["scope", "scp", "roles", "permissions"];

    /// <summary>True in Development; not configurable.</summary>
    public bool AllowsHttp { get; internal set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (authority, audience) = ($"{Section}:{nameof(Authority)}", $"{Section}:{nameof(Audience)}");
        if (Authority is null != Audience is null)
        {
            yield return new($"{(Authority is null ? authority : audience)} is missing: {authority} and {audience} go together.");
        }

        // Over plain HTTP an attacker could replace the keys and sign tokens.
        if (Authority is { } address && address.Scheme != Uri.UriSchemeHttps && !AllowsHttp)
        {
            yield return new($"{authority} must be an https address.");
        }
    }
}
