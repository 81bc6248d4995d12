using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Counts issues by the values of a field.</summary>
public sealed record GetStatistics : FilteredRequest, IRequest<IssueStatistics>
{
    /// <summary>Fields to count by, by name.</summary>
    public static readonly IReadOnlyDictionary<string, IssueField> GroupFields =
        IssueField.All.Where(field => field.IsGroupable).ToDictionary(field => field.Name);

    /// <summary>Key of <see cref="GroupFields"/>.</summary>
    public string? GroupBy { get; init; }
}

internal sealed class GetStatisticsValidator : AbstractValidator<GetStatistics>
{
    public GetStatisticsValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(statistics => statistics.GroupBy).Cascade(CascadeMode.Stop).Required()
            .Must(field => GetStatistics.GroupFields.ContainsKey(field!))
            .WithMessage($"must be one of {string.Join(", ", GetStatistics.GroupFields.Keys)}");
    }
}

internal sealed class GetStatisticsHandler(IOrderIssueQueries queries, IssueStatuses statuses)
    : IRequestHandler<GetStatistics, IssueStatistics>
{
    public async Task<IssueStatistics> Handle(GetStatistics request, CancellationToken cancellationToken)
    {
        var tallies = await queries.TallyAsync(request.ToFilter(), GetStatistics.GroupFields[request.GroupBy!], cancellationToken);
        return IssueStatistics.Of(tallies, statuses);
    }
}
