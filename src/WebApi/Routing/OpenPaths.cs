namespace OrderIssues.WebApi.Routing;

/// <summary>Paths that need no credential, and take only GET and HEAD.</summary>
internal static class OpenPaths
{
    public const string Swagger = "/swagger";
    public const string Console = "/console";
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string Metrics = "/metrics";
    private static readonly PathString[] Paths = [Console, Swagger, Live, Ready];

    /// <summary>Refuses other methods there.</summary>
    // Routing would ask callers without a credential for one, and doesn't know Swagger UI and the console.
    public static void UseOpenPaths(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (HeadRequests.IsRead(request.Method) || !IsOpen(request.Path))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = $"{HttpMethods.Get}, {HttpMethods.Head}";
        return Task.CompletedTask;
    });

    /// <summary>Leads from <c>/</c> to the console.</summary>
    public static void MapRoot(this IEndpointRouteBuilder app) =>
        app.MapGet("/", Redirect).WithHead().AllowAnonymous().DisableRateLimiting();

    /// <summary>True for what operators' programs read all the time.</summary>
    public static bool IsOfOperation(PathString path) => path == Live || path == Ready || path == Metrics;

    private static bool IsOpen(PathString path) => path.Value is "" or "/" || Paths.Any(open => path.StartsWithSegments(open));

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect(context.Request.PathBase.Add($"{Console}/").ToUriComponent());
        return Task.CompletedTask;
    }
}
