using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Limits;

/// <summary>How much one <see cref="RateLimitKey"/> may ask.</summary>
internal static class RateLimits
{
    /// <summary>The policy of exports: each keeps a page of issues in memory, some 3 MB, for as long as its client takes.</summary>
    public const string Exports = "exports";
    private const int ExportsOfACaller = 16;
    private const int ExportsOfAll = 64;

    private const string Key = "RateLimit:PermitsPerMinute";
    private const int DefaultPermits = 6_000;
    private const int MaxPermits = 1_000_000;

    /// <exception cref="StartupException"><c>RateLimit:PermitsPerMinute</c> can't be used.</exception>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var permits = Read(configuration[Key], environment);
        var exports = new ConcurrencyLimits(ExportsOfACaller, ExportsOfAll);
        return services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = permits == 0 ? null : new RateLimitHeadersLimiter(permits);
            options.AddPolicy(Exports, exports.Of);
            options.OnRejected = WriteAsync;
        });
    }

    private static int Read(string? value, IHostEnvironment environment) => value switch
    {
        null or "" => environment.IsDevelopment() ? 0 : DefaultPermits,
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var permits) && permits <= MaxPermits => permits,
        _ => throw new StartupException($"{Key} must be a number from 1 to {MaxPermits}, or 0 for no limit."),
    };

    /// <summary>Only the limit of requests knows when there is room again.</summary>
    private static ValueTask WriteAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var failure = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? new ProblemException(ProblemCode.RateLimited, "This caller sends more requests than it may.") { RetryAfter = wait }
            : new(ProblemCode.Overloaded, "Too many exports are under way.") { RetryAfter = TimeSpan.FromSeconds(1) };
        var problems = context.HttpContext.RequestServices.GetRequiredService<ProblemWriter>();
        return new(problems.WriteAsync(context.HttpContext, failure));
    }
}
