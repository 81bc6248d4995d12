using FluentValidation.Results;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter, order and page of a list.</summary>
public sealed class ListIssuesRequest : IssueFilterRequest
{
    /// <summary>
    /// <c>createdAt</c>, <c>updatedAt</c>, <c>-createdAt</c> (the default) or <c>-updatedAt</c>; with <c>-</c>, the latest come first.
    /// </summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    /// <summary>The most issues of the page, 1 to 200; without it, 50.</summary>
    [FromQuery(Name = "limit"), JsonSchema(JsonObjectType.Integer)]
    public string? Limit { get; init; }

    /// <summary>The <c>nextCursor</c> of the page before, for the same filters and sort; absent for the first page.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary><c>true</c>: tell also how many issues there are on all pages. Without it, <c>false</c>.</summary>
    [FromQuery(Name = "count"), JsonSchema(JsonObjectType.Boolean)]
    public string? Count { get; init; }

    /// <summary>Makes the error of a count that isn't a boolean.</summary>
    internal IEnumerable<ValidationFailure> Errors() =>
        Count is null or "true" or "false" ? [] : [FieldErrors.AsSent("count", "must be true or false")];

    /// <summary>Reads the limit; text that isn't an integer becomes 0, which no limit may be.</summary>
    internal int LimitOr(int otherwise) => Limit is null ? otherwise
        : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
        : 0;
}
