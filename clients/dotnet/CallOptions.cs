namespace OrderIssues.Client;

/// <summary>What may come with every call.</summary>
public abstract class CallOptions
{
    /// <summary>How long the call may take in all, in place of the client's.</summary>
    public TimeSpan? Deadline { get; set; }
}
