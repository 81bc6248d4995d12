using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Security;

/// <summary>Options of the section <c>Auth</c>.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary>Lets requests without a credential do anything. Default: true in Development only.</summary>
    public bool? AllowAnonymous { get; set; }

    /// <summary>API keys. Default: none.</summary>
    public ApiKeyList ApiKeys { get; set; } = [];

    /// <summary>Tokens. Default: none are taken.</summary>
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

/// <summary>Options of the section <c>Auth:Jwt</c>.</summary>
internal sealed class JwtOptions : IValidatableObject
{
    public const string Section = $"{AuthOptions.Section}:Jwt";

    /// <summary>Issuer of the tokens (JWT, RFC 7519). Default: none, and no token is taken.</summary>
    [HttpsAddress(AllowsHttp = true, ErrorMessage = "{0} must be an https address.")]
    public Uri? Authority { get; set; }

    /// <summary>Audience of the tokens. Required beside <see cref="Authority"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>Takes an http address as the authority. Default: true in Development only.</summary>
    public bool AllowsHttp { get; internal set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (authority, audience) = ($"{Section}:{nameof(Authority)}", $"{Section}:{nameof(Audience)}");
        if (Authority is null != Audience is null)
        {
            yield return new($"{(Authority is null ? authority : audience)} is missing: {authority} and {audience} go together.");
        }

        // Whoever can change what the authority answers can sign tokens.
        if (Authority is { } address && address.Scheme != Uri.UriSchemeHttps && !AllowsHttp)
        {
            yield return new($"{authority} must be an https address.");
        }
    }
}
