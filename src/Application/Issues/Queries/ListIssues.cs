using System.Globalization;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Lists issues, a page at a time.</summary>
public sealed record ListIssues : FilteredRequest, IRequest<IssueList>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

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

/// <summary>A page of issues.</summary>
/// <param name="Issues">The issues, in order.</param>
/// <param name="Limit">The most issues that the page might have had.</param>
/// <param name="NextCursor">Where the next page goes on; null when there is none.</param>
/// <param name="Total">How many issues there are on all pages, if that was asked.</param>
public sealed record IssueList(IReadOnlyList<OrderIssue> Issues, int Limit, string? NextCursor, long? Total);

internal sealed class ListIssuesValidator : AbstractValidator<ListIssues>
{
    public ListIssuesValidator()
    {
        var filters = new FilteredRequestValidator();
        Include(filters);
        RuleFor(list => list.Sort).Must(ListIssues.Sorts.ContainsKey).WithMessage($"must be one of {string.Join(", ", ListIssues.Sorts.Keys)}");
        RuleFor(list => list.Limit)
            .Must(limit => int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ListIssues.MaxLimit)
            .WithMessage($"must be an integer from 1 to {ListIssues.MaxLimit}");
        RuleFor(list => list.Count).Must(count => count is "true" or "false").WithMessage("must be true or false");
        RuleFor(list => list.Cursor)
            .Must((list, cursor) => ListCursor.Read(cursor!, list) is not null)
            .WithMessage("must be a nextCursor that was given for the same filters and sort")
            .When(list => list.Cursor is not null && filters.Validate(list).IsValid);
    }
}

internal sealed class ListIssuesHandler(IOrderIssueQueries queries) : IRequestHandler<ListIssues, IssueList>
{
    public async Task<IssueList> Handle(ListIssues request, CancellationToken cancellationToken)
    {
        var filter = request.ToFilter();
        var limit = int.Parse(request.Limit, CultureInfo.InvariantCulture);
        var after = request.Cursor is null ? (IssuePosition?)null : ListCursor.Read(request.Cursor, request);
        var page = await queries.ListAsync(filter, ListIssues.Sorts[request.Sort], after, limit, cancellationToken);
        var total = bool.Parse(request.Count) ? await queries.CountAsync(filter, cancellationToken) : (long?)null;
        return new IssueList(page.Issues, limit, page.Last is { } last ? ListCursor.Write(last, request) : null, total);
    }
}
