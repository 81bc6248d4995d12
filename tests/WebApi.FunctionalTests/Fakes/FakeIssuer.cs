using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OrderIssues.WebApi.FunctionalTests.Fakes;

/// <summary>Issues tokens (RFC 9068) and publishes its key (OpenID Connect Discovery 1.0, RFC 7517).</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "order-issues";

    private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int keys = 1;
    private readonly WebApplication app;

    private FakeIssuer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>Whether it is there for whoever asks.</summary>
    public bool IsUp { get; set; } = true;

    public static async Task<FakeIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        issuer.app.MapGet("/keys", issuer.Keys);
        await issuer.app.StartAsync();
        return issuer;
    }

    public string Token(
        object? scope,
        string? subject = "agent-7",
        string audience = Audience,
        string? issuer = null,
        int minutes = 10,
        int seconds = 0,
        ECDsa? signer = null,
        params (string Name, object Value)[] claims)
    {
        var all = claims.ToDictionary(claim => claim.Name, claim => claim.Value);
        if (scope is not null)
        {
            all["scope"] = scope;
        }

        if (subject is not null)
        {
            all["sub"] = subject;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            Claims = all,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(seconds == 0 ? minutes : 0).AddSeconds(seconds),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(signer ?? key) { KeyId = $"{keys}" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>Signs with a new key from now on, and publishes it alone.</summary>
    public void RotateKey()
    {
        key.Dispose();
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        keys++;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Discovery() => IsUp ? Results.Json(new { issuer = Address, jwks_uri = $"{Address}/keys" }) : Results.StatusCode(503);

    private IResult Keys()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var published = new { kty = "EC", crv = "P-256", kid = $"{keys}", use = "sig", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
        return Results.Json(new { keys = new[] { published } });
    }
}
