using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter of issues: any value of each given field.</summary>
public abstract class IssueFilterRequest : IssueTimesRequest
{
    /// <summary>Order. 1 to 128 characters; any of several.</summary>
    [FromQuery(Name = "OrderId"), JsonPropertyName("OrderId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? OrderId { get; init; }

    /// <summary>Number. 1 to 20 characters; any of several.</summary>
    [FromQuery(Name = "issueId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? IssueId { get; init; }

    /// <summary>Ticket id. 1 to 128 characters; any of several.</summary>
    [FromQuery(Name = "ticketId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? TicketId { get; init; }

    /// <summary>Status, in any case. 1 to 50 characters; any of several.</summary>
    [FromQuery(Name = "status"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>Channel, in any case. 1 to 100 characters; any of several.</summary>
    [FromQuery(Name = "channel"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Channel { get; init; }

    /// <summary>Source, in any case. 1 to 100 characters; any of several.</summary>
    [FromQuery(Name = "source"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Source { get; init; }

    /// <summary>Kind. 1 to 100 characters; any of several.</summary>
    [FromQuery(Name = "issueType"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? IssueType { get; init; }

    /// <summary>Item's SKU. 1 to 100 characters; any of several.</summary>
    [FromQuery(Name = "sku"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Sku { get; init; }

    /// <summary>Tracking number. 1 to 100 characters; any of several.</summary>
    [FromQuery(Name = "trackingNumber"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? TrackingNumber { get; init; }

    /// <summary>Picker. 1 to 200 characters; any of several.</summary>
    [FromQuery(Name = "picker"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Picker { get; init; }

    /// <summary>Packer. 1 to 200 characters; any of several.</summary>
    [FromQuery(Name = "packer"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Packer { get; init; }

    /// <summary>Palletter. 1 to 200 characters; any of several.</summary>
    [FromQuery(Name = "palletter"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Palletter { get; init; }

    /// <summary>Customer's e-mail address. 1 to 320 characters; any of several.</summary>
    [FromQuery(Name = "customerEmail"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? CustomerEmail { get; init; }

    /// <summary>Reporter. 1 to 200 characters; any of several.</summary>
    [FromQuery(Name = "createdBy"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? CreatedBy { get; init; }

    /// <summary>Assignee. 1 to 200 characters; any of several.</summary>
    [FromQuery(Name = "assignee"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Assignee { get; init; }

    /// <summary>Tag, in any case. 1 to 50 characters; any of several.</summary>
    [FromQuery(Name = "tag"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Tag { get; init; }

    /// <summary>Priority; <c>normal</c> finds what has none. Any of several.</summary>
    [FromQuery(Name = "priority"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Priority { get; init; }

    /// <summary>Party whose fault it is. Any of several.</summary>
    [FromQuery(Name = "fault"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Fault { get; init; }

    /// <summary>
    /// Text of 2 to 100 characters, in any case, of the issue's number, <c>OrderId</c>, <c>ticketId</c>, <c>customerName</c>,
    /// <c>customerEmail</c>, a tracking number, a SKU, the notes or a message. Has no wildcards.
    /// </summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    internal IReadOnlyDictionary<IssueField, IReadOnlyList<string?>> Fields() =>
        new (IssueField Field, IReadOnlyList<string?>? Values)[]
        {
            (IssueField.OrderId, OrderId),
            (IssueField.IssueId, IssueId),
            (IssueField.TicketId, TicketId),
            (IssueField.Status, Status),
            (IssueField.Channel, Channel),
            (IssueField.Source, Source),
            (IssueField.IssueType, IssueType),
            (IssueField.Sku, Sku),
            (IssueField.TrackingNumber, TrackingNumber),
            (IssueField.Picker, Picker),
            (IssueField.Packer, Packer),
            (IssueField.Palletter, Palletter),
            (IssueField.CustomerEmail, CustomerEmail),
            (IssueField.CreatedBy, CreatedBy),
            (IssueField.Assignee, Assignee),
            (IssueField.Tag, Tag),
            (IssueField.Priority, Priority),
            (IssueField.Fault, Fault),
        }
        .Where(field => field.Values is not null)
        .ToDictionary(field => field.Field, field => field.Values!);
}
