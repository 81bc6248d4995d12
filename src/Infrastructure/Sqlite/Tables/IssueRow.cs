using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Infrastructure.Sqlite.Tables;

/// <summary>A row of the table <c>issues</c>, as Dapper reads and writes it.</summary>
internal sealed record IssueRow
{
    /// <summary>For a SELECT: the columns, under the names of the properties here where the two differ.</summary>
    public const string Columns =
        "_id AS Id, issueId, OrderId, ticketId, channel, source, items, trackingNumber, picker, packer, palletter, customerName, "
        + "customerEmail, issueType, status, customerReachedAt, shipped_at AS ShippedAt, notes, createdBy, issueResolvedAt, createdAt, "
        + "updatedAt, __v AS Version, bytes AS StoredBytes";

    public required string Id { get; init; }
    public long IssueId { get; init; }
    public required string OrderId { get; init; }
    public string? TicketId { get; init; }
    public string? Channel { get; init; }
    public string? Source { get; init; }
    public required string Items { get; init; }
    public required string TrackingNumber { get; init; }
    public string? Picker { get; init; }
    public string? Packer { get; init; }
    public string? Palletter { get; init; }
    public string? CustomerName { get; init; }
    public string? CustomerEmail { get; init; }
    public string? IssueType { get; init; }
    public string? Status { get; init; }
    public long? CustomerReachedAt { get; init; }
    public long? ShippedAt { get; init; }
    public string? Notes { get; init; }
    public string? CreatedBy { get; init; }
    public long? IssueResolvedAt { get; init; }
    public long CreatedAt { get; init; }
    public long UpdatedAt { get; init; }
    public int Version { get; init; }
    public long StoredBytes { get; init; }

    public static IssueRow From(OrderIssue issue, long issueId) => new()
    {
        Id = issue.Id.ToString(),
        IssueId = issueId,
        OrderId = issue.OrderId,
        TicketId = issue.TicketId,
        Channel = issue.Channel,
        Source = issue.Source,
        Items = StoredJson.Write(issue.Items),
        TrackingNumber = StoredJson.Write(issue.TrackingNumber),
        Picker = issue.Picker,
        Packer = issue.Packer,
        Palletter = issue.Palletter,
        CustomerName = issue.CustomerName,
        CustomerEmail = issue.CustomerEmail,
        IssueType = issue.IssueType,
        Status = issue.Status,
        CustomerReachedAt = issue.CustomerReachedAt?.ToUnixTimeMilliseconds(),
        ShippedAt = issue.ShippedAt?.ToUnixTimeMilliseconds(),
        Notes = issue.Notes,
        CreatedBy = issue.CreatedBy,
        IssueResolvedAt = issue.IssueResolvedAt?.ToUnixTimeMilliseconds(),
        CreatedAt = (issue.CreatedAt ?? issue.Id.MadeAt).ToUnixTimeMilliseconds(),
        UpdatedAt = (issue.UpdatedAt ?? issue.Id.MadeAt).ToUnixTimeMilliseconds(),
        Version = issue.Version,
    };

    public OrderIssue ToIssue(IEnumerable<MessageRow> messages) => new()
    {
        Id = ObjectId.Parse(Id),
        IssueId = IssueId.ToString(CultureInfo.InvariantCulture),
        OrderId = OrderId,
        TicketId = TicketId,
        Channel = Channel,
        Source = Source,
        Items = StoredJson.Read<IssueItem[]>(Items),
        TrackingNumber = StoredJson.Read<string[]>(TrackingNumber),
        Picker = Picker,
        Packer = Packer,
        Palletter = Palletter,
        CustomerName = CustomerName,
        CustomerEmail = CustomerEmail,
        IssueType = IssueType,
        Status = Status,
        CustomerReachedAt = Time(CustomerReachedAt),
        ShippedAt = Time(ShippedAt),
        Notes = Notes,
        CreatedBy = CreatedBy,
        Discussion = [.. messages.Select(message => new DiscussionMessage(message.UserName, message.Message, Time(message.CreatedAt).Value))],
        IssueResolvedAt = Time(IssueResolvedAt),
        CreatedAt = Time(CreatedAt),
        UpdatedAt = Time(UpdatedAt),
        Version = Version,
        StoredBytes = StoredBytes,
    };

    [return: NotNullIfNotNull(nameof(milliseconds))]
    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
