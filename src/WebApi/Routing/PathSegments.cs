using Microsoft.AspNetCore.Http.Features;

namespace OrderIssues.WebApi.Routing;

/// <summary>
/// Decodes each path segment exactly once: <c>A%2FB</c> is <c>A/B</c>, and <c>A%252FB</c> is <c>A%2FB</c>. The server decodes all but
/// <c>%2F</c> before routing, which leaves the two alike, so the raw target is read.
/// </summary>
internal static class PathSegments
{
    /// <summary>Routes on a path in which only <c>%</c> and <c>/</c> are escaped, then removes the escapes.</summary>
    public static IApplicationBuilder UseRoutingOnRawPath(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            if (target.Contains('%'))
            {
                context.Request.Path = new PathString(Escape(PathOf(target)));
            }

            return next(context);
        })
        .UseRouting()
        .Use((context, next) =>
        {
            foreach (var (name, value) in context.Request.RouteValues)
            {
                if (value is string text && text.Contains('%'))
                {
                    context.Request.RouteValues[name] = Uri.UnescapeDataString(text);
                }
            }

            return next(context);
        });

    /// <summary>
    /// Finds the path of a target in origin form (<c>/a?b</c>) or absolute form (<c>http://host/a?b</c>, RFC 9112 section 3.2).
    /// </summary>
    private static string PathOf(string target)
    {
        var path = target.Split('?', 2)[0];
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        return path.StartsWith('/') || authority < 0 ? path : path[Math.Max(path.IndexOf('/', authority + 3), 0)..];
    }

    private static string Escape(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Skip(1).Select(Uri.UnescapeDataString))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
            }
            else if (segment != ".")
            {
                segments.Add(segment.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal));
            }
        }

        return $"/{string.Join('/', segments)}";
    }
}
