namespace OrderIssues.Domain.Issues.Queries.Filters;

/// <summary>A field that has just one of some values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values, of which there is at least one.</param>
public sealed record FieldFilter(FilterField Field, IReadOnlyList<string> Values);
