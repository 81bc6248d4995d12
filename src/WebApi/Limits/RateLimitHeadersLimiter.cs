using System.Threading.RateLimiting;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits requests a minute by token buckets, with headers (draft-ietf-httpapi-ratelimit-headers).</summary>
// The framework drops the limiter of a caller whose bucket has been full for 10 seconds.
internal sealed class RateLimitHeadersLimiter(int permits) : PartitionedRateLimiter<HttpContext>
{
    private const int Window = 60;
    private readonly string policy = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={permits};w={Window}");

    private readonly PartitionedRateLimiter<HttpContext> buckets = PartitionedRateLimiter.Create<HttpContext, RateLimitKey>(
        context => RateLimitPartition.GetTokenBucketLimiter(RateLimitKey.Of(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = permits,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(Window) / permits,
        }));

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => buckets.GetStatistics(resource);

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var lease = buckets.AttemptAcquire(resource, permitCount);
        var left = lease.IsAcquired ? buckets.GetStatistics(resource)?.CurrentAvailablePermits ?? 0 : 0;

        // Seconds until the bucket is full; for a refused caller, until a retry may succeed.
        var reset = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? wait.TotalSeconds
            : (permits - left) * (double)Window / permits;
        var state = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={left};t={Math.Ceiling(reset)}");

        // Set when the response starts, since writing a problem clears the headers.
        resource.Response.OnStarting(() =>
        {
            resource.Response.Headers["RateLimit-Policy"] = policy;
            resource.Response.Headers["RateLimit"] = state;
            return Task.CompletedTask;
        });
        return lease;
    }

    // Called after AttemptAcquireCore refused; there is no queue.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        buckets.AcquireAsync(resource, permitCount, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            buckets.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await buckets.DisposeAsync();
        await base.DisposeAsyncCore();
    }
}
