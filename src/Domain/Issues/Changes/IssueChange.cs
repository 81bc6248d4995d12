namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Change of an issue, decided from one state.</summary>
/// <remarks>A store applies all of it atomically while the guard holds, else nothing.</remarks>
public sealed record IssueChange
{
    /// <summary>Last time that has a later one.</summary>
    private static readonly DateTimeOffset LatestTime = DateTimeOffset.MaxValue.AddMilliseconds(-1);

    public IssueChange(StoredIssue issue, DateTimeOffset at, string action)
    {
        Id = issue.Id;
        OrderId = issue.OrderId;
        IssueBytes = issue.StoredBytes;
        At = at;
        Action = action;
        UpdatedAt = issue.UpdatedAt is { } updatedAt && at <= updatedAt && updatedAt < LatestTime ? updatedAt.AddMilliseconds(1) : at;
    }

    public EntityId Id { get; }

    public string OrderId { get; }

    /// <summary>Size before: a store needn't weigh small issues again.</summary>
    public long IssueBytes { get; }

    public DateTimeOffset At { get; }

    public string Action { get; }

    /// <summary>New time of update, later than the old.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>Person who makes the change, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>Name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>Fields to set, or to remove for null.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>Message to append.</summary>
    public DiscussionMessage? Message { get; init; }

    /// <summary>Values that the issue must still have, by field.</summary>
    public IReadOnlyDictionary<string, object?> Guard { get; init; } = new Dictionary<string, object?>();

    /// <summary>Entry for the history, without the message's text.</summary>
    public HistoryEntry Entry => new()
    {
        At = At,
        By = By,
        Caller = Caller,
        Action = Action,
        Changes = Message is null ? Fields : [.. Fields, new(IssueField.Discussion.Name, null, null)],
    };

    /// <summary>Restricts the change to the issue's state.</summary>
    public IssueChange IfUnchangedSince(StoredIssue issue) => this with
    {
        Guard = new Dictionary<string, object?>(Guard)
        {
            [IssueField.Version.Name] = issue.Version,
            [IssueField.UpdatedAt.Name] = issue.UpdatedAt,
        },
    };
}
