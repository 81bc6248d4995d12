namespace OrderIssues.Domain.Issues.Queries;

/// <summary>What issues can be grouped by.</summary>
public enum GroupField
{
    Status,
    Channel,
    Source,
    IssueType,

    /// <summary>Of each of the items.</summary>
    Sku,
    Picker,
    Packer,
    Palletter,

    /// <summary>The day, in UTC, that the issue was reported on: <c>2025-11-20</c>.</summary>
    Day,
}
