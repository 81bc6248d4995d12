using Microsoft.AspNetCore.Http.Features;

namespace OrderIssues.WebApi.Routing;

/// <summary>Decodes path segments once: <c>A%2FB</c> is <c>A/B</c>.</summary>
// Before routing Kestrel decodes all but %2F, which makes A%2FB and A%252FB equal.
internal static class PathSegments
{
    /// <summary>Leaves <c>%</c> and <c>/</c> escaped in the path until <see cref="UseRoutingOnRawPath"/>.</summary>
    public static void UseRawPath(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Contains('%'))
        {
            context.Request.Path = new PathString(Escape(PathOf(target)));
        }

        return next(context);
    });

    /// <summary>Finds the route, then unescapes its values.</summary>
    public static void UseRoutingOnRawPath(this IApplicationBuilder app) => app
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

    // Origin form /a?b or absolute form http://host/a?b (RFC 9112 section 3.2).
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
