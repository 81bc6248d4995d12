using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Security;

internal static class SecurityHeaders
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues NoContent = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI runs its own inline script and styles, and calls only this service.
    private static readonly StringValues OwnContent =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private static readonly StringValues OneYear = "max-age=31536000";
    private static readonly StringValues NoStore = "no-store";

    // With an ETag a client may store the response and revalidate it; no-store would forbid that.
    private static readonly StringValues AskEachTime = "private, no-cache";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Set when the response starts, since writing a problem clears the headers.
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isUi = context.Request.Path.StartsWithSegments(OpenPaths.Swagger);
        var isRead = HeadRequests.IsRead(context.Request.Method);
        headers.XContentTypeOptions = NoSniff;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = isUi ? OwnContent : NoContent;
        }

        headers["Referrer-Policy"] = NoReferrer;

        // Pages of other origins must use CORS to read responses.
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = isRead && headers.ETag.Count > 0 ? AskEachTime : NoStore;
        }

        // Compression adds it only to responses that have a body.
        if (isRead && !headers.Vary.Contains(HeaderNames.AcceptEncoding))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        // On localhost it would apply to every service of the machine.
        if (context.Request.IsHttps && context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            headers.StrictTransportSecurity = OneYear;
        }

        return Task.CompletedTask;
    }
}
