namespace OrderIssues.Domain.Issues;

/// <summary>Line of the order that the issue is about.</summary>
/// <param name="Sku">Stock keeping unit.</param>
/// <param name="Qty">Number of units.</param>
public sealed record IssueItem(string Sku, int Qty);
