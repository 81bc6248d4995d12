using System.Diagnostics.CodeAnalysis;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues;

/// <summary>
/// Something that went wrong with an order. A value: what it may become is decided here, as an <see cref="IssueChange"/>, and takes
/// effect in the store. All but its <see cref="Id"/> may be missing from an issue that another program stored.
/// </summary>
public sealed record OrderIssue : IssueDetails
{
    public OrderIssue()
    {
    }

    [SetsRequiredMembers]
    private OrderIssue(IssueDetails details)
        : base(details)
    {
    }

    public required EntityId Id { get; init; }

    /// <summary>The number that people know the issue by, in decimal digits; the store gives it when it takes the issue in.</summary>
    public string? IssueId { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DiscussionMessage> Discussion { get; init; } = [];

    /// <summary>When the issue became resolved; nothing while it isn't.</summary>
    public DateTimeOffset? IssueResolvedAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>0 for a new issue, one more with each change.</summary>
    public int Version { get; init; }

    /// <summary>The name of the credential that a new issue came with, for its history; nothing once it is stored.</summary>
    public string? Caller { get; init; }

    /// <summary>How many bytes it takes in its store, history included; 0 while it isn't stored.</summary>
    public long StoredBytes { get; init; }

    /// <summary>A new issue: of the status in the details, else <see cref="IssueStatuses.Default"/>; of their channel, else the source's.</summary>
    /// <param name="details">What is said about it.</param>
    /// <param name="statuses">Which of them are resolved.</param>
    /// <param name="now">When it is reported.</param>
    /// <param name="id">Its id; null: a new one.</param>
    public static OrderIssue Open(IssueDetails details, IssueStatuses statuses, DateTimeOffset now, EntityId? id = null)
    {
        var at = now.ToMilliseconds();
        var status = details.Status ?? IssueStatuses.Default;
        return new OrderIssue(details)
        {
            Id = id ?? EntityId.New(at),
            Channel = details.Channel ?? Channels.Of(details.Source),
            Status = status,
            CustomerReachedAt = details.CustomerReachedAt.ToMilliseconds(),
            ShippedAt = details.ShippedAt.ToMilliseconds(),
            IssueResolvedAt = statuses.IsResolved(status) ? at : null,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    /// <summary>
    /// A name of the state that the issue is in: another one after each change, also when another program on the same store moves only one of the two.
    /// </summary>
    public string State => string.Create(CultureInfo.InvariantCulture, $"{Version}-{UpdatedAt?.ToUnixTimeMilliseconds() ?? 0}");

    /// <summary>Whether it must have a <see cref="IssueDetails.TicketId"/>.</summary>
    public bool NeedsTicket => Channels.NeedsTicket(Channel, Source);

    /// <summary>The one reported last, by <see cref="CreatedAt"/> (where that is missing, by the time of the id), then by the id.</summary>
    public static OrderIssue? Newest(IEnumerable<OrderIssue> issues) =>
        issues.MaxBy(issue => (issue.CreatedAt ?? issue.Id.MadeAt, issue.Id));

    /// <summary>The first entry of the history of an issue that was just opened.</summary>
    public HistoryEntry CreationEntry() => new()
    {
        At = CreatedAt ?? Id.MadeAt,
        By = CreatedBy,
        Caller = Caller,
        Action = HistoryActions.Created,
        Changes =
        [
            .. from field in new[] { IssueFields.Status, IssueFields.IssueResolvedAt }
               let value = IssueFields.ValueOf(this, field)
               where value is not null
               select new FieldChange(field, null, value),
        ],
    };

    /// <summary>
    /// Becoming resolved dates the resolution, staying resolved keeps its date, no longer being resolved removes it. A status that the
    /// issue has already is confirmed: nothing but the time of the last update moves.
    /// </summary>
    public IssueChange ChangeStatus(string status, string? by, IssueStatuses statuses, DateTimeOffset now) =>
        Decide(new() { Status = status }, HistoryActions.StatusChanged, statuses, now) with { By = by };

    /// <summary>A status in the patch has the effect of <see cref="ChangeStatus"/>. Null where everything is as the patch wants it.</summary>
    public IssueChange? Patch(IssuePatch patch, IssueStatuses statuses, DateTimeOffset now) =>
        Decide(patch, HistoryActions.Edited, statuses, now) is { Fields.Count: > 0 } change ? change : null;

    /// <summary>A message goes to the end of the discussion, whatever else changes at the same time.</summary>
    public IssueChange AddMessage(string userName, string message, DateTimeOffset now, EntityId? id = null)
    {
        var at = now.ToMilliseconds();
        return new IssueChange(this, at, HistoryActions.MessageAdded)
        {
            By = userName,
            Message = new DiscussionMessage(userName, message, at) { Id = id },
        };
    }

    private IssueChange Decide(IssuePatch patch, string action, IssueStatuses statuses, DateTimeOffset now)
    {
        var at = now.ToMilliseconds();
        var values = patch.Values().ToDictionary();
        if (values.TryGetValue(IssueFields.Status, out var status))
        {
            values[IssueFields.IssueResolvedAt] = ResolvedAt((string)status!, statuses, at);
        }

        return new IssueChange(this, at, action)
        {
            Fields =
            [
                .. from value in values
                   let current = IssueFields.ValueOf(this, value.Key)
                   where !FieldChange.ValuesEqual(current, value.Value)
                   select new FieldChange(value.Key, current, value.Value),
            ],
            Guard = values.Keys.ToDictionary(field => field, field => IssueFields.ValueOf(this, field)),
        };
    }

    private DateTimeOffset? ResolvedAt(string status, IssueStatuses statuses, DateTimeOffset now) =>
        (statuses.IsResolved(Status), statuses.IsResolved(status)) switch
        {
            (_, false) => null,
            (true, true) => IssueResolvedAt,
            (false, true) => now,
        };
}
