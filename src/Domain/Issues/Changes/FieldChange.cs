namespace OrderIssues.Domain.Issues.Changes;

/// <summary>A field that gets another value: a string, a <see cref="DateTimeOffset"/>, a list of strings or of <see cref="IssueItem"/>.</summary>
/// <param name="Field">One of <see cref="IssueFields"/>.</param>
/// <param name="From">The value before; null: none.</param>
/// <param name="To">The value after; null: the field is removed.</param>
public sealed record FieldChange(string Field, object? From, object? To)
{
    /// <summary>Whether a field that has the one value has the other.</summary>
    public static bool ValuesEqual(object? one, object? other) => (one, other) switch
    {
        (IReadOnlyList<IssueItem> items, IReadOnlyList<IssueItem> others) => items.SequenceEqual(others),
        (IReadOnlyList<string> texts, IReadOnlyList<string> others) => texts.SequenceEqual(others),
        _ => Equals(one, other),
    };
}
