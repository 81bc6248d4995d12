using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.IntegrationTests.TikTokShop;

public sealed class ThrottleBackOffTests
{
    /// <summary>A timer counts whole milliseconds.</summary>
    [Test]
    public void Doubles_after_each_wait_that_a_timer_ended()
    {
        for (var i = 0; i < 100; i++)
        {
            var (backOff, now) = (new ThrottleBackOff(), TimeSpan.Zero);
            foreach (var longest in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
            {
                var wait = backOff.Next(now);
                Assert.That(wait.TotalSeconds, Is.InRange(longest / 2.0, longest));
                now += TimeSpan.FromMilliseconds(Math.Truncate(wait.TotalMilliseconds));
            }
        }
    }
}
