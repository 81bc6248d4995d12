using System.Linq.Expressions;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Request about the issues that meet a filter.</summary>
public abstract record FilteredRequest
{
    /// <summary>Most values of one field.</summary>
    public const int MaxValues = 100;

    /// <summary>Longest text to search for, in characters.</summary>
    public const int MaxText = 100;

    /// <summary>Shortest text to search for, in characters.</summary>
    public const int MinText = 2;

    /// <summary>Accepted values by field; fields without values don't count.</summary>
    public IReadOnlyDictionary<IssueField, IReadOnlyList<string?>> Fields { get; init; } =
        new Dictionary<IssueField, IReadOnlyList<string?>>();

    /// <summary>First time of the report, ISO 8601.</summary>
    public string? CreatedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the report, ISO 8601.</summary>
    public string? CreatedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of the last update, ISO 8601.</summary>
    public string? UpdatedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the last update, ISO 8601.</summary>
    public string? UpdatedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of shipping, ISO 8601.</summary>
    public string? ShippedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after shipping, ISO 8601.</summary>
    public string? ShippedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of the resolution, ISO 8601.</summary>
    public string? ResolvedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the resolution, ISO 8601.</summary>
    public string? ResolvedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>True for resolved issues, false for the others; null for all.</summary>
    public bool? Resolved { get; init; }

    /// <summary>Text to search for, without format characters; null for none.</summary>
    public string? Q { get; init => field = PlainText.CleanIdentifier(value); }

    private IEnumerable<(IssueField Field, string? From, string? To)> Ranges =>
    [
        (IssueField.CreatedAt, CreatedFrom, CreatedTo),
        (IssueField.UpdatedAt, UpdatedFrom, UpdatedTo),
        (IssueField.ShippedAt, ShippedFrom, ShippedTo),
        (IssueField.IssueResolvedAt, ResolvedFrom, ResolvedTo),
    ];

    /// <summary>Makes the filter of a valid request.</summary>
    internal IssueFilter ToFilter(IssueStatuses statuses) => new()
    {
        Fields = Fields.Where(field => field.Value.Count > 0).ToDictionary(
            field => field.Key,
            IReadOnlyList<string?> (field) => [.. field.Value.SelectMany(value => SpellingsOf(field.Key, value)).Distinct()]),
        Times = Ranges.Where(range => range is not { From: null, To: null }).ToDictionary(
            range => range.Field, range => new TimeRange(IsoDateTime.Parse(range.From), IsoDateTime.Parse(range.To))),
        IsResolved = Resolved,
        ResolvedStatuses = statuses.Resolved,
        Text = Q,
    };

    // Other programs, and earlier versions, stored identifiers with format characters.
    private static IEnumerable<string?> SpellingsOf(IssueField field, string? value)
    {
        yield return PlainText.CleanOrNull(value);
        if (field.Is(FieldTraits.Identifier) && PlainText.CleanIdentifierOrNull(value) is { } identifier)
        {
            yield return identifier;
        }
    }
}

internal sealed class FilteredRequestValidator : AbstractValidator<FilteredRequest>
{
    public FilteredRequestValidator()
    {
        RuleFor(request => request.Fields).Custom((fields, context) =>
        {
            foreach (var (field, values) in fields)
            {
                foreach (var message in ErrorsOf(field, values))
                {
                    context.AddFailure(field.Name, message);
                }
            }
        });
        Range(request => request.CreatedFrom, request => request.CreatedTo, "createdTo");
        Range(request => request.UpdatedFrom, request => request.UpdatedTo, "updatedTo");
        Range(request => request.ShippedFrom, request => request.ShippedTo, "shippedTo");
        Range(request => request.ResolvedFrom, request => request.ResolvedTo, "resolvedTo");
        RuleFor(request => request.Q).Cascade(CascadeMode.Stop).SingleLine(FilteredRequest.MaxText)
            .Must(text => text is null || PlainText.Length(text) >= FilteredRequest.MinText)
            .WithMessage($"must be at least {FilteredRequest.MinText} characters long");
    }

    private void Range(
        Expression<Func<FilteredRequest, string?>> from, Expression<Func<FilteredRequest, string?>> to, string nameOfTo)
    {
        var end = to.Compile();
        RuleFor(from).DateTime()
            .Must((request, start) => !(IsoDateTime.Parse(start) > IsoDateTime.Parse(end(request))))
            .WithMessage($"must not be after {nameOfTo}");
        RuleFor(to).DateTime();
    }

    private static IEnumerable<string> ErrorsOf(IssueField field, IReadOnlyList<string?> values)
    {
        if (values.Count > FilteredRequest.MaxValues)
        {
            yield return $"must have at most {FilteredRequest.MaxValues} values";
        }

        var min = field.Is(FieldTraits.Required) ? 1 : 0;
        if (!values.All(value => IsValue(value, min, field.MaxLength)))
        {
            yield return $"must have values of {min} to {field.MaxLength} characters, without control characters";
        }

        if (field.Is(FieldTraits.LowerCase) && values.Any(value => value?.Contains(',') == true))
        {
            yield return "must have one value each time it is given: a list with commas isn't taken";
        }
    }

    private static bool IsValue(string? value, int min, int max) =>
        PlainText.Clean(value) is { } text && text.Length >= min
        && PlainText.IsWellFormed(text) && PlainText.IsLine(text) && PlainText.Length(text) <= max;
}
