using System.Diagnostics.CodeAnalysis;

namespace OrderIssues.Domain.Issues.Changes;

/// <summary>
/// What an issue is to become, decided from what it was. A store applies all of it in one atomic operation if the guard still holds, and
/// nothing of it otherwise.
/// </summary>
public sealed record IssueChange
{
    /// <summary>Beyond it nothing can come later.</summary>
    private static readonly DateTimeOffset LatestTime = DateTimeOffset.MaxValue.AddMilliseconds(-1);

    [SetsRequiredMembers]
    public IssueChange(OrderIssue issue, DateTimeOffset at, string action)
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

    /// <summary>How large the issue was (<see cref="OrderIssue.StoredBytes"/>): a store need not weigh a small one again.</summary>
    public long IssueBytes { get; }

    public DateTimeOffset At { get; }

    public string Action { get; }

    /// <summary>
    /// Later than the issue's own, so that every change moves it, whatever the clocks say. A store that finds a later one, which a
    /// concurrent change left, keeps that one or moves it on.
    /// </summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>Who does it, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>The name of the credential that the request came with.</summary>
    public string? Caller { get; init; }

    /// <summary>The fields to set, and to remove where the new value is null.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>The message to append.</summary>
    public DiscussionMessage? Message { get; init; }

    /// <summary>The fields whose values the change was decided from: it may take effect only while each still has that value.</summary>
    public IReadOnlyDictionary<string, object?> Guard { get; init; } = new Dictionary<string, object?>();

    /// <summary>The same change, which may take effect only while the issue is in the very state that it was in (<see cref="OrderIssue.State"/>).</summary>
    public IssueChange IfUnchangedSince(OrderIssue issue) => this with
    {
        Guard = new Dictionary<string, object?>(Guard) { [IssueFields.Version] = issue.Version, [IssueFields.UpdatedAt] = issue.UpdatedAt },
    };

    /// <summary>
    /// The entry to append to the history. A message is named but not repeated in it: the discussion keeps every one, with the same time
    /// and the same name.
    /// </summary>
    public HistoryEntry Entry => new()
    {
        At = At,
        By = By,
        Caller = Caller,
        Action = Action,
        Changes = Message is null ? Fields : [.. Fields, new(IssueFields.Discussion, null, null)],
    };
}
