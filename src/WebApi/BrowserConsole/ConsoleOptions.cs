using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.BrowserConsole;

internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    public ConsoleOidcOptions Oidc { get; set; } = new();
}

/// <summary>Sign-in at the issuer of tokens, <c>Auth:Jwt:Authority</c>, by OpenID Connect.</summary>
internal sealed class ConsoleOidcOptions : IValidatableObject
{
    /// <summary>Client that the console is registered as there, a public one. Default: none, and the console takes API keys only.</summary>
    public string? ClientId { get; set; }

    /// <summary>Scopes that it asks for, separated by blanks. Default: <c>openid profile</c>.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>Resource that tokens are for (RFC 8707), for issuers that give a JWT only then. Default: none.</summary>
    public string? Resource { get; set; }

    /// <summary>Issuer of tokens; not configurable here.</summary>
    public Uri? Authority { get; internal set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is not null && Authority is null)
        {
            yield return new(
                $"{ConsoleOptions.Section}:Oidc:{nameof(ClientId)} needs {JwtOptions.Section}:{nameof(JwtOptions.Authority)}, "
                + "where agents sign in.");
        }
    }
}
