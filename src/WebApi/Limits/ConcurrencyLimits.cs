using System.Threading.RateLimiting;

namespace OrderIssues.WebApi.Limits;

/// <summary>How many of something may be under way at the same time, of one <see cref="RateLimitKey"/> and of all.</summary>
internal sealed class ConcurrencyLimits(int ofACaller, int ofAll)
{
    private readonly ConcurrencyLimiter all = AtOnce(ofAll);

    public RateLimitPartition<RateLimitKey> Of(HttpContext context) =>
        RateLimitPartition.Get(RateLimitKey.Of(context), _ => RateLimiter.CreateChained(AtOnce(ofACaller), all));

    private static ConcurrencyLimiter AtOnce(int permits) => new(new() { PermitLimit = permits });
}
