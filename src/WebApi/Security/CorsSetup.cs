using Microsoft.Net.Http.Headers;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Security;

internal sealed class CorsOptions : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>Permitted origins of web pages. Default: none.</summary>
    [TextOrList(',')]
    public IReadOnlyList<string> Origins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in Origins
        where !IsOrigin(origin)
        let name = origin.Contains('@') ? "one with a user in it" : $"'{origin}'"
        select new ValidationResult(
            $"{Section}:{nameof(Origins)}: {name} isn't an origin such as https://app.example.com, without a path and a default port.");

    // Browsers send the origin in exactly this form.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && string.Equals(text, uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}

internal static class CorsSetup
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <exception cref="StartupException">An origin isn't one.</exception>
    public static IServiceCollection AddCrossOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<CorsOptions>(configuration, CorsOptions.Section);
        return services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.Origins])
            .WithMethods(
                HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders(
                HeaderNames.Authorization, CredentialScheme.Header, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch,
                IdempotencyHeaders.Key, Preferences.Header, "Last-Event-ID", HeaderNames.TraceParent, HeaderNames.TraceState)
            .WithExposedHeaders(
                HeaderNames.ETag, HeaderNames.Location, IdempotencyHeaders.Replayed, HeaderNames.RetryAfter, "RateLimit",
                "RateLimit-Policy", Preferences.Applied, HeaderNames.ContentDisposition, HeaderNames.Allow, HeaderNames.WWWAuthenticate)
            .SetPreflightMaxAge(PreflightAge)));
    }
}
