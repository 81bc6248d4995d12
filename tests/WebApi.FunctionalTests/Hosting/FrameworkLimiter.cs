using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>
/// Ends the timer of the limiter that ASP.NET Core's <c>RateLimitingMiddleware</c> makes and never disposes of. Each would keep its service in
/// memory as long as the tests run.
/// </summary>
internal sealed class FrameworkLimiter : IStartupFilter, IDisposable
{
    private const BindingFlags AnyField = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private RequestDelegate? pipeline;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => pipeline = following);
        next(app);
    };

    public void Dispose()
    {
        if (pipeline is not null)
        {
            var middleware = FindMiddleware(pipeline);
            ((IDisposable)middleware.GetType().GetField("_endpointLimiter", AnyField)!.GetValue(middleware)!).Dispose();
        }
    }

    /// <summary>Follows the pipeline from one delegate to the next.</summary>
    private static object FindMiddleware(RequestDelegate first)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<object>([first]);
        while (waiting.TryDequeue(out var part))
        {
            if (part.GetType().Name == "RateLimitingMiddleware")
            {
                return part;
            }

            var parts = part is Delegate step
                ? [step.Target]
                : part.GetType().GetFields(AnyField).Where(IsStep).Select(field => field.GetValue(part));
            foreach (var other in parts.OfType<object>().Where(seen.Add))
            {
                waiting.Enqueue(other);
            }
        }

        throw new InvalidOperationException("There is no RateLimitingMiddleware.");
    }

    private static bool IsStep(FieldInfo field) =>
        field.FieldType == typeof(object) || field.FieldType.IsAssignableTo(typeof(Delegate)) || field.FieldType.Name.StartsWith("<>", StringComparison.Ordinal);
}
