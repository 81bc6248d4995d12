using System.Collections.Concurrent;

namespace OrderIssues.Soak;

/// <summary>What the service acknowledged, kept outside of it.</summary>
internal sealed class Journal
{
    private int requests;
    private int refused;

    /// <summary>Issues by number.</summary>
    public ConcurrentDictionary<string, KnownIssue> Issues { get; } = new();

    /// <summary>Answers that no fault explains.</summary>
    public ConcurrentBag<string> Wrong { get; } = [];

    /// <summary>Requests, and those among them that weren't answered or with 503 or 504, and were sent again.</summary>
    public (int Requests, int Refused) Counts => (requests, refused);

    public void CountRequest() => Interlocked.Increment(ref requests);

    public void CountRefused() => Interlocked.Increment(ref refused);
}

/// <summary>Issue that one caller alone changes, so that each change is one version.</summary>
internal sealed class KnownIssue(string orderId)
{
    public string OrderId { get; } = orderId;

    public string Status { get; set; } = "open";

    public int Version { get; set; }

    public List<string> Messages { get; } = [];
}
