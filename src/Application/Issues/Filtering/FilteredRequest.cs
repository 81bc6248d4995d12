using FluentValidation.Results;
using OrderIssues.Application.Common.Input;
using OrderIssues.Domain.Issues.Queries.Filters;

namespace OrderIssues.Application.Issues.Filtering;

/// <summary>A request about the issues that a filter means. Of each field that is there, an issue must have one of the values.</summary>
public abstract record FilteredRequest
{
    public IReadOnlyList<string?>? OrderId { get; init; }

    public IReadOnlyList<string?>? IssueId { get; init; }

    public IReadOnlyList<string?>? TicketId { get; init; }

    public IReadOnlyList<string?>? Status { get; init; }

    public IReadOnlyList<string?>? Channel { get; init; }

    public IReadOnlyList<string?>? Source { get; init; }

    public IReadOnlyList<string?>? IssueType { get; init; }

    public IReadOnlyList<string?>? Sku { get; init; }

    public IReadOnlyList<string?>? TrackingNumber { get; init; }

    public IReadOnlyList<string?>? Picker { get; init; }

    public IReadOnlyList<string?>? Packer { get; init; }

    public IReadOnlyList<string?>? Palletter { get; init; }

    public IReadOnlyList<string?>? CustomerEmail { get; init; }

    public IReadOnlyList<string?>? CreatedBy { get; init; }

    /// <summary>ISO 8601, as are the other three.</summary>
    public string? CreatedFrom { get; init => field = PlainText.Clean(value); }

    public string? CreatedTo { get; init => field = PlainText.Clean(value); }

    public string? UpdatedFrom { get; init => field = PlainText.Clean(value); }

    public string? UpdatedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>What is looked for; null: nothing.</summary>
    public string? Q { get; init => field = PlainText.Clean(value); }

    /// <summary>What is wrong with the request that no property tells.</summary>
    public IReadOnlyList<ValidationFailure> QueryErrors { get; init; } = [];

    /// <summary>The filter, once the request is known to be valid.</summary>
    internal IssueFilter ToFilter() => new()
    {
        Fields =
        [
            .. from filter in Fields()
               where filter.Values is { Count: > 0 }
               select new FieldFilter(filter.Field, [.. filter.Values.SelectMany(value => FormsOf(filter.Field, PlainText.Clean(value)!)).Distinct()]),
        ],
        CreatedAt = new(IsoDateTime.Parse(CreatedFrom), IsoDateTime.Parse(CreatedTo)),
        UpdatedAt = new(IsoDateTime.Parse(UpdatedFrom), IsoDateTime.Parse(UpdatedTo)),
        Text = Q,
    };

    /// <summary>What this service stores in lower case another program may have stored otherwise.</summary>
    private static IEnumerable<string> FormsOf(FilterField field, string value) =>
        field is FilterField.Status or FilterField.Channel or FilterField.Source ? [value, value.ToLowerInvariant()] : [value];

    private IEnumerable<(FilterField Field, IReadOnlyList<string?>? Values)> Fields() =>
    [
        (FilterField.OrderId, OrderId),
        (FilterField.IssueId, IssueId),
        (FilterField.TicketId, TicketId),
        (FilterField.Status, Status),
        (FilterField.Channel, Channel),
        (FilterField.Source, Source),
        (FilterField.IssueType, IssueType),
        (FilterField.Sku, Sku),
        (FilterField.TrackingNumber, TrackingNumber),
        (FilterField.Picker, Picker),
        (FilterField.Packer, Packer),
        (FilterField.Palletter, Palletter),
        (FilterField.CustomerEmail, CustomerEmail),
        (FilterField.CreatedBy, CreatedBy),
    ];
}
