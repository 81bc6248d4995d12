using System.Globalization;
using MediatR;
using OrderIssues.Application.Issues.Filtering;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.ListIssues;

/// <summary>Lists issues, a page at a time.</summary>
public sealed record ListIssues : FilteredRequest, IRequest<IssueList>
{
    public const int DefaultLimit = 50;
    public const int MostIssues = 200;

    /// <summary>The orders that there are, by their names.</summary>
    public static readonly IReadOnlyDictionary<string, IssueSort> Sorts = new Dictionary<string, IssueSort>
    {
        ["createdAt"] = new(SortField.CreatedAt, Descending: false),
        ["-createdAt"] = new(SortField.CreatedAt, Descending: true),
        ["updatedAt"] = new(SortField.UpdatedAt, Descending: false),
        ["-updatedAt"] = new(SortField.UpdatedAt, Descending: true),
    };

    /// <summary>One of <see cref="Sorts"/>.</summary>
    public string Sort { get; init; } = "-createdAt";

    /// <summary>A number, in digits.</summary>
    public string Limit { get; init; } = DefaultLimit.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the page before told to go on; null: from the first issue on.</summary>
    public string? Cursor { get; init; }

    /// <summary><c>true</c> or <c>false</c>: whether to count all issues of the list.</summary>
    public string Count { get; init; } = "false";
}
