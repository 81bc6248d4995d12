using FluentValidation.Results;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Application.Issues.Views;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Views;

/// <summary>Choice of what is told of views.</summary>
public sealed class ListViewsRequest
{
    /// <summary>Adds the number of issues of each view. Default: <c>false</c>.</summary>
    [FromQuery(Name = "count"), JsonSchema(JsonObjectType.Boolean)]
    public string? Count { get; init; }

    internal IEnumerable<ValidationFailure> Errors() => FieldErrors.OfBoolean("count", Count);
}

/// <summary>Query to save.</summary>
public sealed record PutViewRequest
{
    /// <summary>
    /// Query of the list, as in its URL after the <c>?</c>: in percent-encoding. Without <c>customerEmail</c>, <c>cursor</c> and an
    /// <c>@</c> in <c>q</c>.
    /// </summary>
    /// <example>status=open&amp;sort=-createdAt</example>
    [Required, MaxLength(PutView.MaxQuery)]
    public string? Query { get; init; }
}

/// <summary>Saved query of the list.</summary>
[JsonSchema("View")]
public sealed record ViewModel
{
    /// <summary>Name.</summary>
    /// <example>open ones</example>
    public required string Name { get; init; }

    /// <summary>Query of the list, as in its URL after the <c>?</c>.</summary>
    /// <example>status=open&amp;sort=-createdAt</example>
    public required string Query { get; init; }

    /// <summary>Number of its issues, if asked for.</summary>
    /// <example>12</example>
    public long? Count { get; init; }

    /// <summary>
    /// Reason for which there is no count: <c>validation_failed</c> where the list refuses the query by now, <c>query_timeout</c> where it
    /// takes too long.
    /// </summary>
    public string? Code { get; init; }
}

/// <summary>View.</summary>
public sealed record ViewResponse : Response<ViewModel>;

/// <summary>Views.</summary>
public sealed record ViewListResponse : Response<IReadOnlyList<ViewModel>>;
