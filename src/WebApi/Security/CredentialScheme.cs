using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace OrderIssues.WebApi.Security;

/// <summary>Authenticates by API key or bearer token (RFC 6750).</summary>
internal sealed partial class CredentialScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<AuthOptions> auth,
    ApiKeys keys, JwtAuthority authority)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Credential";
    public const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";
    private const int JwtParts = 3;
    public static readonly ClaimsPrincipal Anonymous = PrincipalOf(null, Scopes.All);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = ValueOf(Request.Headers.Authorization);
        var bearer = authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true
            ? authorization[Bearer.Length..].Trim()
            : null;
        if ((ValueOf(Request.Headers[Header]) ?? bearer) is not { } credential)
        {
            return authorization is not null ? AuthenticateResult.Fail("It isn't a bearer token.")
                : auth.Value.AllowAnonymous == true ? Success(Anonymous)
                : AuthenticateResult.NoResult();
        }

        if (keys.Find(credential) is { } key)
        {
            return Success(PrincipalOf(key.Name, key.Scopes));
        }

        return auth.Value.Jwt.Authority is not null && credential == bearer && bearer.Split('.').Length == JwtParts
            ? await AuthenticateTokenAsync()
            : AuthenticateResult.Fail("There is no such key.");
    }

    // An empty header counts as absent. Two values joined match no key.
    private static string? ValueOf(StringValues header) => string.IsNullOrWhiteSpace(header) ? null : header.ToString();

    private static ClaimsPrincipal PrincipalOf(string? name, IEnumerable<string> scopes)
    {
        var claims = scopes.Select(scope => new Claim(Scopes.Claim, scope));
        return new(new ClaimsIdentity(name is null ? claims : claims.Append(new Claim(ClaimTypes.Name, name)), Name));
    }

    private AuthenticateResult Success(ClaimsPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme.Name));

    private async Task<AuthenticateResult> AuthenticateTokenAsync()
    {
        if (!await authority.HasKeysAsync(Context.RequestAborted))
        {
            const string Message = "Tokens can't be checked right now: their issuer can't be reached.";
            return AuthenticateResult.Fail(
                new ProblemException(ProblemCode.Overloaded, Message) { RetryAfter = JwtAuthority.DiscoveryTimeout });
        }

        var result = await Context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (!result.Succeeded)
        {
            LogRefused(TokenCaller.ReasonOf(result.Failure));
        }

        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
