using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace OrderIssues.WebApi.Limits;

internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";
    public const int ProductionPermits = 6_000;

    /// <summary>Requests a minute of each caller, up to 1,000,000; 0: unlimited. Default: 0 in Development, else 6000.</summary>
    [Range(0, 1_000_000, ErrorMessage = "{0} must be a number from 1 to {2}, or 0 for no limit.")]
    public int? PermitsPerMinute { get; set; }
}

internal static class RateLimits
{
    // An export holds about 3 MB until its client has read it.
    public const string Exports = "exports";
    // Those who wait for events hold a connection and little else.
    public const string Events = "events";
    // Each makes several changes at a time, and all of them together no more than the store has room for beside other writes.
    public const string Bulk = "bulk";
    private const int MaxExportsPerCaller = 16;
    private const int MaxExports = 64;
    private const int MaxEventCallsPerCaller = 32;
    private const int MaxEventCalls = 2_000;
    private const int MaxBulkPerCaller = 8;
    private const int MaxBulk = 32;

    /// <exception cref="StartupException"><c>RateLimit:PermitsPerMinute</c> can't be used.</exception>
    public static IServiceCollection AddRateLimits(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = services.AddSection<RateLimitOptions>(configuration, RateLimitOptions.Section);
        var permits = options.PermitsPerMinute ?? (environment.IsDevelopment() ? 0 : RateLimitOptions.ProductionPermits);
        var exports = new ConcurrencyLimits(MaxExportsPerCaller, MaxExports);
        var events = new ConcurrencyLimits(MaxEventCallsPerCaller, MaxEventCalls);
        var bulk = new ConcurrencyLimits(MaxBulkPerCaller, MaxBulk);
        if (permits > 0)
        {
            // By the container, which disposes of it.
            services.AddSingleton(_ => new RateLimitHeadersLimiter(permits));
            services.AddOptions<RateLimiterOptions>()
                .Configure<RateLimitHeadersLimiter>((limiter, global) => limiter.GlobalLimiter = global);
        }

        return services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Exports, exports.Of);
            limiter.AddPolicy(Events, events.Of);
            limiter.AddPolicy(Bulk, bulk.Of);
            limiter.OnRejected = WriteAsync;
        });
    }

    // Only the limit of requests knows when there is room again.
    private static ValueTask WriteAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var failure = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? new ProblemException(ProblemCode.RateLimited, "This caller sends more requests than it may.") { RetryAfter = wait }
            : ProblemException.From(FailureException.Overloaded("Too many requests of this kind are under way."));
        var problems = context.HttpContext.RequestServices.GetRequiredService<ProblemWriter>();
        return new(problems.WriteAsync(context.HttpContext, failure));
    }
}
