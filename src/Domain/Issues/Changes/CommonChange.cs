namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Change that many issues get alike.</summary>
public sealed record CommonChange
{
    /// <summary>New values of fields other than tags.</summary>
    public required IssuePatch Fields { get; init; }

    /// <summary>Tags to add; issues may have them already.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];

    /// <summary>Tags to remove; issues may lack them.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];

    /// <summary>Text of a message by <see cref="By"/>; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>Person who makes the change, as the caller claims.</summary>
    public string? By { get; init; }

    /// <summary>Decides the change of an issue: one for fields, tags and message together.</summary>
    /// <param name="issue">Issue.</param>
    /// <param name="messageId">Id that keeps the message from being stored twice.</param>
    /// <param name="statuses">Configured statuses.</param>
    /// <param name="now">Time by the clock, which may have been set back.</param>
    /// <returns>Null where there is no message and every field has its new value already.</returns>
    /// <exception cref="BrokenRuleException">The issue would have too many tags.</exception>
    public IssueChange? Of(OrderIssue issue, EntityId? messageId, IssueStatuses statuses, DateTimeOffset now)
    {
        var patch = AddTags.Count + RemoveTags.Count == 0 ? Fields : Fields with { Tags = new(TagsOf(issue)) };
        var message = Message is null ? null : issue.AddMessage(By!, Message, now, messageId);
        if (issue.Patch(patch, statuses, now) is not { } change)
        {
            return message;
        }

        var isOfStatus = change.Fields.Any(field => field.Field == IssueField.Status.Name);
        return change with
        {
            Action = isOfStatus ? HistoryActions.StatusChanged : HistoryActions.Edited,
            By = By,
            Message = message?.Message,
        };
    }

    private List<string> TagsOf(OrderIssue issue)
    {
        var tags = issue.Tags.Where(tag => !Contains(RemoveTags, tag)).ToList();
        tags.AddRange(AddTags.Where(tag => !Contains(tags, tag)));
        return tags.Count <= Math.Max(FieldLimits.Tags, issue.Tags.Count)
            ? tags
            : throw new BrokenRuleException(IssueField.Tags, $"must have at most {FieldLimits.Tags} elements");
    }

    // Other programs may have stored tags in upper case.
    private static bool Contains(IEnumerable<string> tags, string tag) =>
        tags.Any(other => IssueField.Tag.Fold(other) == IssueField.Tag.Fold(tag));
}
