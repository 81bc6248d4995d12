namespace OrderIssues.Client;

/// <summary>What may come with every call.</summary>
public abstract class CallOptions
{
    /// <summary>How long the call may take in all, in place of the client's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither positive nor infinite.</exception>
    public TimeSpan? Deadline
    {
        get;
        set => field = value is { } deadline && !OrderIssueClientOptions.IsDeadline(deadline)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "It must be positive, or Timeout.InfiniteTimeSpan.")
            : value;
    }

    internal TimeSpan? TryTimeout { get; init; }

    internal int? Retries { get; init; }
}
