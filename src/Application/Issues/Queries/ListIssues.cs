using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Lists issues, a page at a time.</summary>
public sealed record ListIssues : FilteredRequest, IRequest<IssueList>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Sort orders by name; <c>-</c> means latest first.</summary>
    public static readonly IReadOnlyDictionary<string, IssueSort> Sorts = IssueField.All.Where(field => field.Is(FieldTraits.Sortable))
        .SelectMany(field => new[] { new IssueSort(field, Descending: false), new IssueSort(field, Descending: true) })
        .ToDictionary(sort => sort.Descending ? $"-{sort.By.Name}" : sort.By.Name);

    /// <summary>Key of <see cref="Sorts"/>.</summary>
    public string Sort { get; init; } = "-createdAt";

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Cursor; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>True to count the issues of all pages.</summary>
    public bool Count { get; init; }
}

/// <summary>Page of a list.</summary>
/// <param name="Issues">Issues, in order.</param>
/// <param name="Limit">Most issues that the page might have had.</param>
/// <param name="NextCursor">Cursor of the next page; null on the last one.</param>
/// <param name="Total">Number of issues on all pages, if asked for.</param>
public sealed record IssueList(IReadOnlyList<OrderIssue> Issues, int Limit, string? NextCursor, long? Total);

internal sealed class ListIssuesValidator : AbstractValidator<ListIssues>
{
    public ListIssuesValidator(IssueStatuses statuses, IssueTypes types, TimeProvider time)
    {
        var filters = new FilteredRequestValidator();
        Include(filters);
        RuleFor(list => list.Sort).Must(ListIssues.Sorts.ContainsKey)
            .WithMessage($"must be one of {string.Join(", ", ListIssues.Sorts.Keys)}");
        RuleFor(list => list.Limit).InclusiveBetween(1, ListIssues.MaxLimit)
            .WithMessage($"must be an integer from 1 to {ListIssues.MaxLimit}");
        RuleFor(list => list.Cursor)
            .Must((list, cursor) => ListCursor.Read(cursor!, list.Sort, list.ToFilter(statuses, types, time.GetUtcNow())) is not null)
            .WithMessage("must be a nextCursor that was given for the same filters and sort")
            .When(list => list.Cursor is not null && filters.Validate(list).IsValid);
    }
}

internal sealed class ListIssuesHandler(
    IOrderIssueQueries queries, IssueStatuses statuses, IssueTypes types, TimeProvider time)
    : IRequestHandler<ListIssues, IssueList>
{
    public async Task<IssueList> Handle(ListIssues request, CancellationToken cancellationToken)
    {
        var filter = request.ToFilter(statuses, types, time.GetUtcNow());
        var after = request.Cursor is null ? null : ListCursor.Read(request.Cursor, request.Sort, filter);
        var page = await queries.ListAsync(filter, ListIssues.Sorts[request.Sort], after, request.Limit, cancellationToken);
        var total = request.Count ? await queries.CountAsync(filter, cancellationToken) : (long?)null;
        var next = page.Last is { } last ? ListCursor.Write(last, request.Sort, filter) : null;
        return new IssueList(page.Issues, request.Limit, next, total);
    }
}
