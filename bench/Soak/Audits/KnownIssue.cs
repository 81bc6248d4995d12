namespace OrderIssues.Soak.Audits;

/// <summary>Issue as it is after all acknowledged changes, each of which is one version.</summary>
internal sealed class KnownIssue(string issueId, string orderId)
{
    private readonly Lock sync = new();

    public string IssueId { get; } = issueId;

    public string OrderId { get; } = orderId;

    public string? TicketId { get; init; }

    public string Status { get; set; } = "open";

    public string? Assignee { get; set; }

    /// <summary>Number of the issue that it was merged into; null: it wasn't.</summary>
    public string? MergedInto { get; private set; }

    public bool IsErased { get; private set; }

    public int Version { get; private set; }

    public List<string> Messages { get; } = [];

    /// <summary>Keeps a change; of a ticket's issue several callers may do so at the same time.</summary>
    public void Change(Action<KnownIssue> change)
    {
        lock (sync)
        {
            change(this);
            Version++;
        }
    }

    public void Say(string message) => Change(issue => issue.Messages.Add(message));

    public void Erase() => Change(issue => issue.IsErased = true);

    public void MergeInto(KnownIssue survivor)
    {
        Change(issue => (issue.MergedInto, issue.Status) = (survivor.IssueId, "done"));
        survivor.Change(issue => issue.Messages.AddRange(Messages));
    }
}
