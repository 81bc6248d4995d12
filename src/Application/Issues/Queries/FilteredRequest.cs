using System.Globalization;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

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

internal sealed class FilteredRequestValidator : AbstractValidator<FilteredRequest>
{
    public FilteredRequestValidator()
    {
        RuleForEach(request => request.QueryErrors).Custom((error, context) => context.AddFailure(error));
        RuleFor(request => request.OrderId).Values(FieldLimits.OrderId);
        RuleFor(request => request.IssueId).Values(FieldLimits.IssueId);
        RuleFor(request => request.TicketId).Values(FieldLimits.TicketId);
        RuleFor(request => request.Status).Values(IssueStatuses.MaxCharacters);
        RuleFor(request => request.Channel).Values(FieldLimits.Source);
        RuleFor(request => request.Source).Values(FieldLimits.Source);
        RuleFor(request => request.IssueType).Values(FieldLimits.IssueType);
        RuleFor(request => request.Sku).Values(FieldLimits.Sku);
        RuleFor(request => request.TrackingNumber).Values(FieldLimits.TrackingNumber);
        RuleFor(request => request.Picker).Values(FieldLimits.PersonName);
        RuleFor(request => request.Packer).Values(FieldLimits.PersonName);
        RuleFor(request => request.Palletter).Values(FieldLimits.PersonName);
        RuleFor(request => request.CustomerEmail).Values(FieldLimits.Email);
        RuleFor(request => request.CreatedBy).Values(FieldLimits.PersonName);

        RuleFor(request => request.CreatedFrom).DateTime().NotAfter(request => request.CreatedTo, "createdTo");
        RuleFor(request => request.CreatedTo).DateTime();
        RuleFor(request => request.UpdatedFrom).DateTime().NotAfter(request => request.UpdatedTo, "updatedTo");
        RuleFor(request => request.UpdatedTo).DateTime();
        RuleFor(request => request.Q).Cascade(CascadeMode.Stop).Line(FieldLimits.SearchedText)
            .Must(text => text is null || PlainText.Length(text) >= FieldLimits.MinSearchedText)
            .WithMessage($"must be at least {FieldLimits.MinSearchedText} characters long");
    }
}

internal static class FilterRules
{
    /// <summary>Values that a field of at most so many characters can have.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string?>?> Values<T>(this IRuleBuilder<T, IReadOnlyList<string?>?> rule, int most) =>
        rule.Must(values => values is null || values.Count <= FieldLimits.FilterValues)
            .WithMessage($"must have at most {FieldLimits.FilterValues} values")
            .Must(values => values is null || values.All(value => IsValue(value, most)))
            .WithMessage($"must have values of 1 to {most.ToString(CultureInfo.InvariantCulture)} characters, without control characters");

    public static IRuleBuilderOptions<T, string?> NotAfter<T>(this IRuleBuilder<T, string?> rule, Func<T, string?> end, string name) =>
        rule.Must((request, start) => !(IsoDateTime.Parse(start) > IsoDateTime.Parse(end(request)))).WithMessage($"must not be after {name}");

    private static bool IsValue(string? value, int most) =>
        PlainText.Clean(value) is { Length: > 0 } text
        && PlainText.IsWellFormed(text) && PlainText.IsLine(text) && PlainText.Length(text) <= most;
}
