using System.Threading.RateLimiting;

namespace OrderIssues.WebApi.Limits;

/// <summary>How many of something may be under way at the same time, of one <see cref="Caller"/> and of all.</summary>
internal sealed class Turns(int ofACaller, int ofAll)
{
    private readonly ConcurrencyLimiter all = AtOnce(ofAll);

    public RateLimitPartition<Caller> Of(HttpContext context) =>
        RateLimitPartition.Get(Caller.Of(context), _ => RateLimiter.CreateChained(AtOnce(ofACaller), all));

    private static ConcurrencyLimiter AtOnce(int permits) => new(new() { PermitLimit = permits });
}
