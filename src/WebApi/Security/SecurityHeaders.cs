using Microsoft.Extensions.Primitives;

namespace OrderIssues.WebApi.Security;

internal static class SecurityHeaders
{
    private const string SwaggerUi = "/swagger";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues NoContent = "default-src 'none'; frame-ancestors 'none'";

    // The page of Swagger UI has a script and styles of its own, and asks nobody but this service.
    private static readonly StringValues OwnContent =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private static readonly StringValues OneYear = "max-age=31536000";
    private static readonly StringValues NoStore = "no-store";

    // Answers with an ETag may be kept and are asked for again each time, which no-store would prevent.
    private static readonly StringValues AskEachTime = "private, no-cache";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Late, since a problem empties the headers.
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isUi = context.Request.Path.StartsWithSegments(SwaggerUi, StringComparison.OrdinalIgnoreCase);
        headers.XContentTypeOptions = NoSniff;
        headers.ContentSecurityPolicy = isUi ? OwnContent : NoContent;
        headers["Referrer-Policy"] = NoReferrer;

        // Pages of other origins read answers by CORS or not at all.
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = HttpMethods.IsGet(context.Request.Method) && headers.ETag.Count > 0 ? AskEachTime : NoStore;
        }

        // On a developer's machine it would hold for everything that runs there.
        if (context.Request.IsHttps && context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            headers.StrictTransportSecurity = OneYear;
        }

        return Task.CompletedTask;
    }
}
