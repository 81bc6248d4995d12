using System.Threading.RateLimiting;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits concurrency per <see cref="RateLimitKey"/> and in all.</summary>
internal sealed class ConcurrencyLimits(int maxPerCaller, int maxOfAll)
{
    private readonly ConcurrencyLimiter all = LimiterOf(maxOfAll);

    public RateLimitPartition<RateLimitKey> Of(HttpContext context) =>
        RateLimitPartition.Get(RateLimitKey.Of(context), _ => RateLimiter.CreateChained(LimiterOf(maxPerCaller), all));

    private static ConcurrencyLimiter LimiterOf(int permits) => new(new() { PermitLimit = permits });
}
