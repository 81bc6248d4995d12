using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain;

namespace OrderIssues.WebApi.Security;

/// <summary>Issuer of tokens and of their signature keys.</summary>
internal sealed partial class JwtAuthority(IOptionsMonitor<JwtBearerOptions> options, TimeProvider time, ILogger<JwtAuthority> logger)
{
    public static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan OriginsTimeout = TimeSpan.FromSeconds(1);

    private bool isSilent;

    /// <summary>True once the keys are known.</summary>
    // Without its keys, every token would look invalid.
    public async Task<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(DiscoveryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(both.Token);
            isSilent = false;
            return true;
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Logged once an outage, since anybody can send a text that looks like a token.
            if (!Interlocked.Exchange(ref isSilent, true))
            {
                LogSilent(exception.Message);
            }

            return false;
        }
    }

    /// <summary>Lists the origins that a page calls to get a token, or to end one.</summary>
    /// <returns>The issuer's, and those of the endpoints that it names within a second.</returns>
    public async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken cancellationToken)
    {
        var jwt = options.Get(JwtBearerDefaults.AuthenticationScheme);
        List<string?> addresses = [jwt.Authority];
        try
        {
            var issuer = await jwt.ConfigurationManager!.GetConfigurationAsync(cancellationToken)
                .WaitAsync(OriginsTimeout, time, cancellationToken);
            addresses.AddRange([issuer.TokenEndpoint, issuer.RevocationEndpoint]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            // Nobody can sign in there at the moment.
        }

        return [.. addresses.Where(address => Uri.TryCreate(address, UriKind.Absolute, out _))
            .Select(address => new Uri(address!).GetLeftPart(UriPartial.Authority)).Distinct()];
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Auth:Jwt:Authority doesn't answer with its keys, so that no token can be checked. {Reason}")]
    private partial void LogSilent(string reason);
}

/// <summary>Caller that a valid token names.</summary>
internal static class TokenCaller
{
    private const int MaxNameLength = 200;

    /// <summary>Claims that name the caller: the subject, or the client of a token without one (RFC 9068).</summary>
    private static readonly string[] NameClaims = [JwtRegisteredClaimNames.Sub, "client_id", JwtRegisteredClaimNames.Azp, "appid"];

    /// <summary>Reduces a token's claims to a name and scopes.</summary>
    public static Task ReadAsync(TokenValidatedContext context, IEnumerable<string> scopeClaims)
    {
        var claims = context.Principal!.Claims.ToList();
        var name = NameClaims.Select(type => claims.Find(claim => claim.Type == type)?.Value).FirstOrDefault(value => value is not null);
        if (name is null || string.IsNullOrWhiteSpace(FormatCharacters.Remove(name))
            || PlainText.Length(name) > MaxNameLength || name.Any(char.IsControl))
        {
            context.Fail($"Its subject is missing or empty, has control characters, or is longer than {MaxNameLength} characters.");
            return Task.CompletedTask;
        }

        var scopes = claims.Where(claim => scopeClaims.Contains(claim.Type)).Select(claim => new Claim(Scopes.Claim, claim.Value));
        context.Principal = new(new ClaimsIdentity(
            scopes.Append(new Claim(ClaimTypes.Name, name)), JwtBearerDefaults.AuthenticationScheme));
        return Task.CompletedTask;
    }

    /// <summary>Tells why a token is refused, without any of it.</summary>
    public static string ReasonOf(Exception? failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => ReasonOf(first),
        SecurityTokenInvalidIssuerException => "it is of another issuer",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNoExpirationException => "it has no time of expiry",
        SecurityTokenNotYetValidException => "it isn't valid yet",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidAlgorithmException =>
            "its signature is by none of the issuer's keys",
        SecurityTokenException or ArgumentException => "it isn't a token of the expected form",
        { Message: var message } => message,
        null => "it isn't valid",
    };
}
