using Microsoft.Net.Http.Headers;
using OrderIssues.WebApi.Hosting;
using OrderIssues.WebApi.Idempotency;

namespace OrderIssues.WebApi.Security;

/// <summary>Whose pages may call the service from a browser (CORS): those of <c>Cors:Origins</c>, a list or one text with commas. None where it is unset.</summary>
internal static class CrossOriginPolicy
{
    private const string Key = "Cors:Origins";

    /// <summary>How long a browser needn't ask again.</summary>
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <exception cref="StartupException">One of them isn't an origin.</exception>
    public static IServiceCollection AddCrossOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        string[] origins = [.. ConfiguredList.Read(configuration, Key)];
        if (origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            throw new StartupException($"{Key}: {(wrong.Contains('@') ? "one with a user in it" : $"'{wrong}'")} isn't an origin such as https://app.example.com, without a path and a default port.");
        }

        return services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch)
            .WithHeaders(HeaderNames.Authorization, CredentialScheme.Header, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, IdempotentRequests.Header)
            .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Location, IdempotentRequests.ReplayedHeader, HeaderNames.RetryAfter, "RateLimit", "RateLimit-Policy")
            .SetPreflightMaxAge(PreflightAge)));
    }

    /// <summary>As browsers write it, since another form would match none.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && string.Equals(text, uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
