namespace OrderIssues.Domain.Issues.Changes;

/// <summary>
/// Other values for fields of an issue. A field that isn't present keeps its value; one that is present without a value becomes what it is in a new
/// issue that nobody said anything about: none, an empty list, <see cref="IssueStatuses.Default"/>.
/// </summary>
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

    /// <summary>The fields that are present, with the values that they are to have.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Values() =>
        from field in new (string Name, Optional<object> Value)[]
        {
            (IssueFields.TicketId, Boxed(TicketId)),
            (IssueFields.Items, Boxed(Items, otherwise: Array.Empty<IssueItem>())),
            (IssueFields.TrackingNumber, Boxed(TrackingNumber, otherwise: Array.Empty<string>())),
            (IssueFields.Picker, Boxed(Picker)),
            (IssueFields.Packer, Boxed(Packer)),
            (IssueFields.Palletter, Boxed(Palletter)),
            (IssueFields.CustomerName, Boxed(CustomerName)),
            (IssueFields.CustomerEmail, Boxed(CustomerEmail)),
            (IssueFields.IssueType, Boxed(IssueType)),
            (IssueFields.CustomerReachedAt, Boxed(CustomerReachedAt)),
            (IssueFields.ShippedAt, Boxed(ShippedAt)),
            (IssueFields.Notes, Boxed(Notes)),
            (IssueFields.Status, Boxed(Status, otherwise: IssueStatuses.Default)),
        }
        where field.Value.IsPresent
        select KeyValuePair.Create(field.Name, field.Value.Value);

    private static Optional<object> Boxed<T>(Optional<T> value, object? otherwise = null) => value.Map(given => given ?? otherwise);
}
