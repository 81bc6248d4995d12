namespace OrderIssues.Domain.Issues;

/// <summary>A line of the order that the issue is about.</summary>
/// <param name="Sku">The stock keeping unit.</param>
/// <param name="Qty">How many of them.</param>
public sealed record IssueItem(string Sku, int Qty);
