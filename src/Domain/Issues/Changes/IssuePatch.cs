namespace OrderIssues.Domain.Issues.Changes;

/// <summary>New values of fields; absent ones keep theirs.</summary>
/// <remarks>Null resets a field to its value in an issue that was reported without it.</remarks>
public sealed record IssuePatch
{
    public Optional<string> TicketId { get; init; }

    public Optional<IReadOnlyList<IssueItem>> Items { get; init; }

    public Optional<IReadOnlyList<string>> TrackingNumber { get; init; }

    public Optional<string> Picker { get; init; }

    public Optional<string> Packer { get; init; }

    public Optional<string> Palletter { get; init; }

    public Optional<string> CustomerName { get; init; }

    public Optional<string> CustomerEmail { get; init; }

    public Optional<string> IssueType { get; init; }

    public Optional<DateTimeOffset?> CustomerReachedAt { get; init; }

    public Optional<DateTimeOffset?> ShippedAt { get; init; }

    public Optional<string> Notes { get; init; }

    public Optional<string> Status { get; init; }

    public Optional<string> Assignee { get; init; }

    public Optional<IReadOnlyList<string>> Tags { get; init; }

    public Optional<string> Priority { get; init; }

    public Optional<DateTimeOffset?> DueAt { get; init; }

    public Optional<string> Fault { get; init; }

    public Optional<CostPatch> Cost { get; init; }

    /// <summary>True for a patch without any field.</summary>
    public bool IsEmpty => !Given().Any();

    /// <exception cref="BrokenRuleException">A cost would lack a part.</exception>
    internal IEnumerable<KeyValuePair<IssueField, object?>> Values(IssueDetails current) =>
        from field in Given()
        select KeyValuePair.Create(field.Key, field.Value is CostPatch cost ? cost.AppliedTo(current.Cost) : field.Value);

    private IEnumerable<KeyValuePair<IssueField, object?>> Given() =>
        from field in new (IssueField Field, Optional<object> Value)[]
        {
            (IssueField.TicketId, Boxed(TicketId)),
            (IssueField.Items, Boxed(Items, otherwise: Array.Empty<IssueItem>())),
            (IssueField.TrackingNumber, Boxed(TrackingNumber, otherwise: Array.Empty<string>())),
            (IssueField.Picker, Boxed(Picker)),
            (IssueField.Packer, Boxed(Packer)),
            (IssueField.Palletter, Boxed(Palletter)),
            (IssueField.CustomerName, Boxed(CustomerName)),
            (IssueField.CustomerEmail, Boxed(CustomerEmail)),
            (IssueField.IssueType, Boxed(IssueType)),
            (IssueField.CustomerReachedAt, Boxed(CustomerReachedAt)),
            (IssueField.ShippedAt, Boxed(ShippedAt)),
            (IssueField.Notes, Boxed(Notes)),
            (IssueField.Status, Boxed(Status, otherwise: IssueStatuses.Default)),
            (IssueField.Assignee, Boxed(Assignee)),
            (IssueField.Tags, Boxed(Tags.Map(tags => tags is [] ? null : tags))),
            (IssueField.Priority, Boxed(Priority)),
            (IssueField.DueAt, Boxed(DueAt)),
            (IssueField.Fault, Boxed(Fault)),
            (IssueField.Cost, Boxed(Cost)),
        }
        where field.Value.IsPresent
        select KeyValuePair.Create(field.Field, field.Value.Value);

    private static Optional<object> Boxed<T>(Optional<T> value, object? otherwise = null) => value.Map(given => given ?? otherwise);
}
