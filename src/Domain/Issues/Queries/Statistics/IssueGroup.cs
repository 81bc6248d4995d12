namespace OrderIssues.Domain.Issues.Queries.Statistics;

/// <summary>Issues that have the same value of a field.</summary>
/// <param name="Key">The value, as it is written most often; null: they have none.</param>
/// <param name="Issues">How many there are.</param>
/// <param name="Units">The sum of their quantities; where the value is a SKU, of its own.</param>
/// <param name="Open">How many of them aren't resolved.</param>
/// <param name="TimeToResolve">How long those that are resolved took, on average; null where none is.</param>
public sealed record IssueGroup(string? Key, long Issues, long Units, long Open, TimeSpan? TimeToResolve);
