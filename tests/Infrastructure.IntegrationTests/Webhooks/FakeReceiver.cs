using System.Globalization;
using OrderIssues.Application.Webhooks;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>An attempt that reached the receiver.</summary>
internal sealed record Attempt(long Sequence, DateTimeOffset At);

/// <summary>Outcomes as a test chooses them.</summary>
internal sealed class FakeReceiver(TimeProvider time) : IWebhookSender
{
    public static readonly DeliveryOutcome Ok = new();
    public static readonly DeliveryOutcome Error = new() { Error = "The receiver answered with the status 500." };
    public static readonly DeliveryOutcome Gone = new() { Error = "The receiver answered with the status 410.", IsGone = true };
    public static readonly DeliveryOutcome TimedOut = new() { Error = "The receiver didn't answer.", TimedOut = true };

    private readonly Lock sync = new();
    private readonly List<Attempt> attempts = [];
    private int underWay;

    public Func<long, DeliveryOutcome> Answer { get; set; } = _ => Ok;

    /// <summary>Time that each answer takes.</summary>
    public TimeSpan Takes { get; set; }

    public int MostAtOnce { get; set; }

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (sync)
            {
                return [.. attempts];
            }
        }
    }

    public IEnumerable<long> Sequences => Attempts.Select(attempt => attempt.Sequence);

    public async Task<DeliveryOutcome> SendAsync(
        WebhookEndpoint endpoint, string messageId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var sequence = long.Parse(messageId.Split('_')[1], CultureInfo.InvariantCulture);
        lock (sync)
        {
            attempts.Add(new(sequence, time.GetUtcNow()));
            MostAtOnce = Math.Max(MostAtOnce, ++underWay);
        }

        try
        {
            if (Takes > TimeSpan.Zero)
            {
                await Task.Delay(Takes, time, cancellationToken);
            }

            return Answer(sequence);
        }
        finally
        {
            lock (sync)
            {
                underWay--;
            }
        }
    }
}
