using System.ComponentModel.DataAnnotations;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter of issues. Of each given field, an issue must have one of the values.</summary>
public abstract class IssueFilterRequest
{
    /// <summary>The order. Of 1 to 128 characters; several: any of them.</summary>
    [FromQuery(Name = "OrderId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? OrderId { get; init; }

    /// <summary>The issue's number. Of 1 to 20 characters; several: any of them.</summary>
    [FromQuery(Name = "issueId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? IssueId { get; init; }

    /// <summary>The ticket in Freshdesk or TikTok. Of 1 to 128 characters; several: any of them.</summary>
    [FromQuery(Name = "ticketId"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? TicketId { get; init; }

    /// <summary>The status, in any case. Of 1 to 50 characters; several: any of them.</summary>
    [FromQuery(Name = "status"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The channel, in any case. Of 1 to 100 characters; several: any of them.</summary>
    [FromQuery(Name = "channel"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Channel { get; init; }

    /// <summary>Source of the complaint, in any case. Of 1 to 100 characters; several: any of them.</summary>
    [FromQuery(Name = "source"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Source { get; init; }

    /// <summary>The kind of issue. Of 1 to 100 characters; several: any of them.</summary>
    [FromQuery(Name = "issueType"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? IssueType { get; init; }

    /// <summary>The SKU of any of the items. Of 1 to 100 characters; several: any of them.</summary>
    [FromQuery(Name = "sku"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Sku { get; init; }

    /// <summary>Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them.</summary>
    [FromQuery(Name = "trackingNumber"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? TrackingNumber { get; init; }

    /// <summary>Person who picked the items. Of 1 to 200 characters; several: any of them.</summary>
    [FromQuery(Name = "picker"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Picker { get; init; }

    /// <summary>Person who packed the parcel. Of 1 to 200 characters; several: any of them.</summary>
    [FromQuery(Name = "packer"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Packer { get; init; }

    /// <summary>Person who put the parcel on the pallet. Of 1 to 200 characters; several: any of them.</summary>
    [FromQuery(Name = "palletter"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? Palletter { get; init; }

    /// <summary>The customer's e-mail address. Of 1 to 320 characters; several: any of them.</summary>
    [FromQuery(Name = "customerEmail"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? CustomerEmail { get; init; }

    /// <summary>Person who reported the issue. Of 1 to 200 characters; several: any of them.</summary>
    [FromQuery(Name = "createdBy"), MaxLength(FilteredRequest.MaxValues)]
    public IReadOnlyList<string>? CreatedBy { get; init; }

    /// <summary>Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100.</summary>
    [FromQuery(Name = "createdFrom")]
    public string? CreatedFrom { get; init; }

    /// <summary>Reported before this time, in the same forms.</summary>
    [FromQuery(Name = "createdTo")]
    public string? CreatedTo { get; init; }

    /// <summary>Last changed at this time or later, in the same forms.</summary>
    [FromQuery(Name = "updatedFrom")]
    public string? UpdatedFrom { get; init; }

    /// <summary>Last changed before this time, in the same forms.</summary>
    [FromQuery(Name = "updatedTo")]
    public string? UpdatedTo { get; init; }

    /// <summary>
    /// 3 to 100 characters that stand, in upper or lower case, in the issue's number, <c>OrderId</c>, <c>ticketId</c>, <c>customerName</c>,
    /// <c>customerEmail</c>, a tracking number, a SKU, the notes or a message. No character stands for any other.
    /// </summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Collects the values that the query has, by field.</summary>
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
        }
        .Where(field => field.Values is not null)
        .ToDictionary(field => field.Field, field => field.Values!);
}
