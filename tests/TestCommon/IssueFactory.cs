using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.TestCommon;

/// <summary>Issues with everything about them that a test doesn't care for.</summary>
public static class IssueFactory
{
    public static readonly DateTimeOffset Now = new(2025, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static readonly IssueStatuses Statuses = new([], []);

    public static readonly IssueTypes AnyType = new([], []);

    public static IssueDetails Details(string orderId = "111-0944945-3989852", string? status = null, string? createdBy = null) => new()
    {
        OrderId = orderId,
        Source = Channels.Freshdesk,
        TicketId = "18362",
        IssueType = "delivery issue",
        Status = status,
        CreatedBy = createdBy,
    };

    /// <summary>One that has everything an issue can have when it is reported.</summary>
    public static IssueDetails FullDetails(string orderId = "111-0944945-3989852") => Details(orderId, "open", "agentName") with
    {
        Channel = Channels.Other,
        Source = "freshdesk-us",
        Items = [new("MUG-BLUE-2", 1), new("VASE \"Ünïcode\" 花", 1_000_000)],
        TrackingNumber = ["TRK123", "TRK124"],
        Picker = "John",
        Packer = "Jane",
        Palletter = "Jim",
        CustomerName = "Josh",
        CustomerEmail = "josh@example.com",
        CustomerReachedAt = new(2025, 11, 19, 22, 36, 28, 123, TimeSpan.Zero),
        ShippedAt = new(2025, 11, 17, 8, 0, 0, TimeSpan.Zero),
        Notes = "First line\n\tsecond line",
        Assignee = "Kim",
        Tags = ["vip", "größe"],
        Priority = Priorities.Urgent,
        DueAt = new(2025, 11, 22, 10, 0, 0, TimeSpan.Zero),
        Fault = "carrier",
        Cost = new(12.5m, "EUR"),
    };

    /// <summary>Values that a filter accepts, by field.</summary>
    public static IReadOnlyDictionary<IssueField, IReadOnlyList<string?>> Values(params (IssueField Field, string?[] Values)[] fields) =>
        fields.ToDictionary(field => field.Field, IReadOnlyList<string?> (field) => field.Values);

    public static OrderIssue Issue(string orderId = "111-0944945-3989852", string? status = null, DateTimeOffset? now = null) =>
        OrderIssue.Open(Details(orderId, status), Statuses, now ?? Now);
}
