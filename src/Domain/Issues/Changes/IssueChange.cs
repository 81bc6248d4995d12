namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Change of an issue, decided from one state.</summary>
/// <remarks>A store applies all of it atomically while the guard holds, else nothing.</remarks>
public sealed record IssueChange
{
    /// <summary>Last time that has a later one.</summary>
    private static readonly DateTimeOffset LatestTime = DateTimeOffset.MaxValue.AddMilliseconds(-1);

    // They are bounded, and a full issue can still be triaged and closed by them.
    private static readonly HashSet<string> SmallFields = new[]
    {
        IssueField.Status, IssueField.IssueResolvedAt, IssueField.Assignee, IssueField.Priority, IssueField.Tags, IssueField.DueAt,
        IssueField.Fault, IssueField.MergedInto,
    }.Select(field => field.Name).ToHashSet();

    /// <param name="issue">State that the change is decided from.</param>
    /// <param name="now">Time by the clock, which may have been set back.</param>
    /// <param name="action">Kind of change (<see cref="HistoryActions"/>).</param>
    public IssueChange(StoredIssue issue, DateTimeOffset now, string action)
    {
        Id = issue.Id;
        OrderId = issue.OrderId;
        Action = action;
        Guard = new Dictionary<string, object?> { [IssueField.MergedInto.Name] = issue.MergedInto };
        At = issue.TimeOfChange(now);
        UpdatedAt = issue.UpdatedAt is { } updatedAt && At <= updatedAt && updatedAt < LatestTime ? updatedAt.AddMilliseconds(1) : At;
    }

    public EntityId Id { get; }

    public string OrderId { get; }

    /// <summary>Time of the change, not before what happened to the issue already.</summary>
    public DateTimeOffset At { get; }

    /// <summary>New time of update, later than the old.</summary>
    public DateTimeOffset UpdatedAt { get; }

    public string Action { get; init; }

    /// <summary>Person who makes the change, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>Name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>Id of the history entry, which keeps the change from being made twice.</summary>
    public EntityId? EntryId { get; init; }

    /// <summary>Fields to set, or to remove for null.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>Message to append.</summary>
    public DiscussionMessage? Message { get; init; }

    /// <summary>Messages of merged issues to append, each with its id.</summary>
    public IReadOnlyList<DiscussionMessage> Copies { get; init; } = [];

    /// <summary>Number of the issue that was merged into this one, for the history.</summary>
    public string? MergedFrom { get; init; }

    /// <summary>Erasure to carry out, also in the history.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>True where the head of the changed issue is enough of an answer.</summary>
    public bool ReturnsHead { get; init; }

    /// <summary>Id that the issue has once the change is made, of the message or the history entry; null for none.</summary>
    public EntityId? LastingId => Message?.Id ?? EntryId;

    /// <summary>Most bytes that the issue may have afterwards.</summary>
    public int MaxStoredBytes =>
        Erasure is not null ? int.MaxValue
        : Message is null && Copies is [] && IsSmall ? IssueLimits.StoredBytesToClose
        : IssueLimits.StoredBytes;

    /// <summary>True for a change of nothing but status and triage, and for a message.</summary>
    public bool IsSmall => Fields.All(change => SmallFields.Contains(change.Field));

    /// <summary>Values that the issue must still have, by field.</summary>
    public IReadOnlyDictionary<string, object?> Guard { get; init; }

    /// <summary>Messages to append.</summary>
    public IEnumerable<DiscussionMessage> Messages => Message is null ? Copies : [Message, .. Copies];

    /// <summary>Entry for the history, without the messages' texts, and without erased values.</summary>
    public HistoryEntry Entry => new()
    {
        Id = EntryId,
        At = At,
        By = By,
        Caller = Caller,
        Action = Action,
        Reason = Erasure?.Reason,
        Changes =
        [
            .. Erasure is null ? Fields : Fields.Select(change => new FieldChange(change.Field, null, null)),
            .. MergedFrom is null ? Array.Empty<FieldChange>() : [new(HistoryEntry.MergedFrom, null, MergedFrom)],
            .. Messages.Any() || Erasure?.ErasesTexts == true
                ? [new(IssueField.Discussion.Name, null, null)]
                : Array.Empty<FieldChange>(),
        ],
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
