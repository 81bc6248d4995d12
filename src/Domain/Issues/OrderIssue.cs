using System.Diagnostics.CodeAnalysis;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Domain.Issues;

/// <summary>Problem with an order, and the rules for changing its record.</summary>
/// <remarks>
/// Immutable: methods return an <see cref="IssueChange"/>, which a store applies. Issues that another program wrote may lack everything
/// except the id.
/// </remarks>
public sealed record OrderIssue : StoredIssue
{
    public OrderIssue()
    {
    }

    [SetsRequiredMembers]
    private OrderIssue(IssueDetails details)
        : base(details)
    {
    }

    /// <summary>Name of the reporter's credential, for the history; null on stored issues.</summary>
    public string? Caller { get; init; }

    /// <summary>Opens an issue, with defaults for status and channel.</summary>
    /// <param name="details">Reported details.</param>
    /// <param name="statuses">Configured statuses; they tell which are resolved.</param>
    /// <param name="now">Time of the report.</param>
    /// <param name="id">Id to use; null to generate one.</param>
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
            DueAt = details.DueAt.ToMilliseconds(),
            IssueResolvedAt = statuses.IsResolved(status) ? at : null,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    /// <summary>Identifies this revision; changes with every write.</summary>
    public string Revision => string.Create(CultureInfo.InvariantCulture, $"{Version}-{UpdatedAt?.ToUnixTimeMilliseconds() ?? 0}");

    /// <summary>True for an issue that must name its ticket.</summary>
    public bool NeedsTicket => Channels.NeedsTicket(Channel, Source);

    /// <summary>Finds the issue reported last.</summary>
    public static OrderIssue? Newest(IEnumerable<OrderIssue> issues) =>
        issues.MaxBy(issue => (issue.CreatedAt ?? issue.Id.Timestamp, issue.Id));

    /// <summary>Makes the first entry of a new issue's history.</summary>
    public HistoryEntry CreationEntry() => new()
    {
        At = CreatedAt ?? Id.Timestamp,
        By = CreatedBy,
        Caller = Caller,
        Action = HistoryActions.Created,
        Changes =
        [
            .. from field in new[] { IssueField.Status, IssueField.IssueResolvedAt }
               let value = field.Get(this)
               where value is not null
               select new FieldChange(field.Name, null, value),
        ],
    };

    /// <summary>Changes the status, and the time of resolution with it.</summary>
    /// <remarks>Setting the current status again confirms it: the version and the time of the update rise, and the history tells.</remarks>
    /// <exception cref="MergedIssueException">It was merged into another one.</exception>
    public IssueChange ChangeStatus(string status, string? by, IssueStatuses statuses, DateTimeOffset now)
    {
        var change = Decide(new() { Status = status }, HistoryActions.StatusChanged, statuses, now);
        return change with { By = by, Action = change.Fields.Count > 0 ? change.Action : HistoryActions.Confirmed };
    }

    /// <summary>Changes fields; a status has the effect of <see cref="ChangeStatus"/>.</summary>
    /// <returns>Null where every field has its new value already.</returns>
    /// <exception cref="BrokenRuleException">The issue would lose the ticket that it needs, or its cost would lack a part.</exception>
    /// <exception cref="MergedIssueException">It was merged into another one.</exception>
    public IssueChange? Patch(IssuePatch patch, IssueStatuses statuses, DateTimeOffset now) =>
        NeedsTicket && patch.TicketId is { IsPresent: true, Value: null }
            ? throw new BrokenRuleException(IssueField.TicketId, Channels.TicketRule)
        : Decide(patch, HistoryActions.Edited, statuses, now) is { Fields.Count: > 0 } change ? change
        : null;

    /// <summary>Appends a message to the discussion.</summary>
    /// <exception cref="MergedIssueException">It was merged into another one.</exception>
    public IssueChange AddMessage(string userName, string message, DateTimeOffset now, EntityId? id = null)
    {
        MergedIssueException.ThrowIfMerged(this);
        var change = new IssueChange(this, now, HistoryActions.MessageAdded) { By = userName };
        return change with { Message = new DiscussionMessage(userName, message, change.At) { Id = id } };
    }

    private IssueChange Decide(IssuePatch patch, string action, IssueStatuses statuses, DateTimeOffset now)
    {
        MergedIssueException.ThrowIfMerged(this);
        var change = new IssueChange(this, now, action);
        var values = patch.Values(this).ToDictionary();
        if (values.TryGetValue(IssueField.Status, out var status))
        {
            values[IssueField.IssueResolvedAt] = ResolvedAt((string)status!, statuses, change.At);
        }

        return change with
        {
            Fields =
            [
                .. from value in values
                   let current = value.Key.Get(this)
                   where !FieldChange.ValuesEqual(current, value.Value)
                   select new FieldChange(value.Key.Name, current, value.Value),
            ],
            Guard = values.Keys.Append(IssueField.MergedInto).ToDictionary(field => field.Name, field => field.Get(this)),
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
