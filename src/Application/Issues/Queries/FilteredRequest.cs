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
    public const int MinText = 3;

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

    /// <summary>Text to search for; null for none.</summary>
    public string? Q { get; init => field = PlainText.Clean(value); }

    /// <summary>Makes the filter of a valid request.</summary>
    internal IssueFilter ToFilter() => new()
    {
        Fields = Fields.Where(field => field.Value.Count > 0).ToDictionary(
            field => field.Key,
            IReadOnlyList<string> (field) => [.. field.Value.Select(value => PlainText.Clean(value)!).Distinct()]),
        CreatedAt = new(IsoDateTime.Parse(CreatedFrom), IsoDateTime.Parse(CreatedTo)),
        UpdatedAt = new(IsoDateTime.Parse(UpdatedFrom), IsoDateTime.Parse(UpdatedTo)),
        Text = Q,
    };
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
        RuleFor(request => request.CreatedFrom).DateTime()
            .Must((request, from) => !IsAfter(from, request.CreatedTo)).WithMessage("must not be after createdTo");
        RuleFor(request => request.CreatedTo).DateTime();
        RuleFor(request => request.UpdatedFrom).DateTime()
            .Must((request, from) => !IsAfter(from, request.UpdatedTo)).WithMessage("must not be after updatedTo");
        RuleFor(request => request.UpdatedTo).DateTime();
        RuleFor(request => request.Q).Cascade(CascadeMode.Stop).SingleLine(FilteredRequest.MaxText)
            .Must(text => text is null || PlainText.Length(text) >= FilteredRequest.MinText)
            .WithMessage($"must be at least {FilteredRequest.MinText} characters long");
    }

    private static IEnumerable<string> ErrorsOf(IssueField field, IReadOnlyList<string?> values)
    {
        if (values.Count > FilteredRequest.MaxValues)
        {
            yield return $"must have at most {FilteredRequest.MaxValues} values";
        }

        if (!values.All(value => IsValue(value, field.MaxLength)))
        {
            yield return $"must have values of 1 to {field.MaxLength} characters, without control characters";
        }
    }

    private static bool IsValue(string? value, int maxLength) =>
        PlainText.Clean(value) is { Length: > 0 } text
        && PlainText.IsWellFormed(text) && PlainText.IsLine(text) && PlainText.Length(text) <= maxLength;

    private static bool IsAfter(string? from, string? to) => IsoDateTime.Parse(from) > IsoDateTime.Parse(to);
}
