using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.CreateIssue;

public sealed record CreateIssueItem
{
    public string? Sku { get; init => field = PlainText.Clean(value); }

    /// <summary>Any JSON number, so that one that isn't a quantity is told apart from a missing one; NaN for a text that isn't a number.</summary>
    public double? Qty { get; init; }

    /// <summary>The item, once this is known to be valid.</summary>
    internal IssueItem ToItem() => new(Sku!, (int)Qty!.Value);
}
