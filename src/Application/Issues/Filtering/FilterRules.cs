using System.Globalization;
using FluentValidation;
using OrderIssues.Application.Common.Input;

namespace OrderIssues.Application.Issues.Filtering;

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
