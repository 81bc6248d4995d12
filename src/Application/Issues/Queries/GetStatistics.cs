using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Counts issues by the values of one or two fields.</summary>
public sealed record GetStatistics : FilteredRequest, IRequest<IssueStatistics>
{
    /// <summary>Fields to count by, by name.</summary>
    public static readonly IReadOnlyDictionary<string, IssueField> GroupFields =
        IssueField.All.Where(field => field.Is(FieldTraits.Groupable)).ToDictionary(field => field.Name);

    public const int MaxGroupFields = 2;

    /// <summary>One or two keys of <see cref="GroupFields"/>, with a comma between them.</summary>
    public string? GroupBy { get; init; }

    internal IReadOnlyList<string> GroupNames => GroupBy!.Split(',');
}

internal sealed class GetStatisticsValidator : AbstractValidator<GetStatistics>
{
    public GetStatisticsValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(statistics => statistics.GroupBy).Cascade(CascadeMode.Stop).Required()
            .Must((statistics, _) => statistics.GroupNames.Count <= GetStatistics.MaxGroupFields
                && statistics.GroupNames.Distinct().Count() == statistics.GroupNames.Count
                && statistics.GroupNames.All(GetStatistics.GroupFields.ContainsKey))
            .WithMessage($"must be one of {string.Join(", ", GetStatistics.GroupFields.Keys)}, or two of them with a comma in between");
    }
}

internal sealed class GetStatisticsHandler(
    IOrderIssueQueries queries, IssueStatuses statuses, IssueTypes types, TimeProvider time)
    : IRequestHandler<GetStatistics, IssueStatistics>
{
    public async Task<IssueStatistics> Handle(GetStatistics request, CancellationToken cancellationToken)
    {
        var by = request.GroupNames.Select(name => GetStatistics.GroupFields[name]).ToList();
        var filter = request.ToFilter(statuses, types, time.GetUtcNow());
        var tallies = await queries.TallyAsync(filter, by, cancellationToken);
        string? Meant(string? value, int at) => by[at] == IssueField.IssueType ? types.Meant(value) ?? value : value;
        return IssueStatistics.Of([.. tallies.Select(tally => tally with { Values = [.. tally.Values.Select(Meant)] })], by, statuses);
    }
}
