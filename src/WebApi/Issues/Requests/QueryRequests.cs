using System.ComponentModel;
using FluentValidation.Results;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Filter, order and page of a list.</summary>
public sealed class ListIssuesRequest : IssueFilterRequest
{
    /// <summary>
    /// <c>createdAt</c>, <c>updatedAt</c>, <c>dueAt</c>, or one of them after <c>-</c>: latest first. Default: <c>-createdAt</c>. What is
    /// never due comes last.
    /// </summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    /// <summary>Page size, 1 to 200. Default: 50.</summary>
    [FromQuery(Name = "limit"), JsonSchema(JsonObjectType.Integer), Range(1, ListIssues.MaxLimit), DefaultValue(ListIssues.DefaultLimit)]
    public string? Limit { get; init; }

    /// <summary><c>nextCursor</c> of the previous page, same filters and sort; absent for the first.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>Adds the total of all pages. Default: <c>false</c>.</summary>
    [FromQuery(Name = "count"), JsonSchema(JsonObjectType.Boolean)]
    public string? Count { get; init; }

    internal override IEnumerable<ValidationFailure> Errors() => [.. base.Errors(), .. FieldErrors.OfBoolean("count", Count)];

    /// <summary>Reads the limit; 0 if not an integer.</summary>
    internal int LimitOr(int otherwise) => Integer(Limit) ?? otherwise;
}

/// <summary>Filter and fields of statistics.</summary>
public sealed class GetStatisticsRequest : IssueFilterRequest
{
    /// <summary>
    /// <c>channel</c>, <c>source</c>, <c>sku</c>, <c>picker</c>, <c>packer</c>, <c>palletter</c>, <c>issueType</c>, <c>status</c>,
    /// <c>assignee</c>, <c>tag</c>, <c>priority</c>, <c>fault</c>, or <c>day</c>: the UTC day of the report; or two of them, with a comma
    /// in between.
    /// </summary>
    [FromQuery(Name = "groupBy"), Required]
    public string? GroupBy { get; init; }
}

/// <summary>Filter and format of an export.</summary>
public sealed class ExportIssuesRequest : IssueFilterRequest
{
    /// <summary><c>csv</c>, <c>ndjson</c> or <c>xlsx</c>.</summary>
    [FromQuery(Name = "format"), Required]
    public string? Format { get; init; }
}
