namespace OrderIssues.Domain.Issues.Changes;

/// <summary>New value of a field.</summary>
/// <remarks>
/// Values are strings, times (<see cref="DateTimeOffset"/>), a <see cref="Cost"/>, and lists of strings or of <see cref="IssueItem"/>.
/// </remarks>
/// <param name="Field">Name of an <see cref="IssueField"/>.</param>
/// <param name="From">Value before; null for none.</param>
/// <param name="To">Value after; null removes the field.</param>
public sealed record FieldChange(string Field, object? From, object? To)
{
    /// <summary>Compares values of a field, lists by their elements.</summary>
    public static bool ValuesEqual(object? one, object? other) => (one, other) switch
    {
        (IReadOnlyList<IssueItem> items, IReadOnlyList<IssueItem> others) => items.SequenceEqual(others),
        (IReadOnlyList<string> texts, IReadOnlyList<string> others) => texts.SequenceEqual(others),
        _ => Equals(one, other),
    };
}
