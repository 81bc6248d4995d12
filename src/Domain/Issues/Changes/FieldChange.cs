namespace OrderIssues.Domain.Issues.Changes;

/// <summary>A field that gets another value.</summary>
/// <param name="Field">One of <see cref="IssueFields"/>.</param>
/// <param name="From">The value before: a string or a <see cref="DateTimeOffset"/>; null: none.</param>
/// <param name="To">The value after, likewise; null: the field is removed.</param>
public sealed record FieldChange(string Field, object? From, object? To);
