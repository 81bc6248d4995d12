namespace OrderIssues.Domain.Issues.Queries.Filters;

/// <summary>Times from one on and before another; without the one or the other, unbounded. A time that isn't known is in the unbounded range only.</summary>
/// <param name="From">The first time.</param>
/// <param name="To">The first time no more.</param>
public readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To);
