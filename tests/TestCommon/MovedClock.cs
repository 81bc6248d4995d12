using Microsoft.Extensions.Time.Testing;

namespace OrderIssues.TestCommon;

/// <summary>A clock may be moved; the time that passes is the same.</summary>
public sealed class MovedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
