using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Counts issues by the values of a field.</summary>
public sealed record GetStatistics : FilteredRequest, IRequest<IssueStatistics>
{
    /// <summary>What they can be grouped by, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, GroupField> Fields = new Dictionary<string, GroupField>
    {
        ["status"] = GroupField.Status,
        ["channel"] = GroupField.Channel,
        ["source"] = GroupField.Source,
        ["issueType"] = GroupField.IssueType,
        ["sku"] = GroupField.Sku,
        ["picker"] = GroupField.Picker,
        ["packer"] = GroupField.Packer,
        ["palletter"] = GroupField.Palletter,
        ["day"] = GroupField.Day,
    };

    /// <summary>One of <see cref="Fields"/>.</summary>
    public string? GroupBy { get; init; }
}

internal sealed class GetStatisticsValidator : AbstractValidator<GetStatistics>
{
    public GetStatisticsValidator()
    {
        Include(new FilteredRequestValidator());
        RuleFor(statistics => statistics.GroupBy).Cascade(CascadeMode.Stop).Required()
            .Must(field => GetStatistics.Fields.ContainsKey(field!))
            .WithMessage($"must be one of {string.Join(", ", GetStatistics.Fields.Keys)}");
    }
}

internal sealed class GetStatisticsHandler(IOrderIssueQueries queries, IssueStatuses statuses) : IRequestHandler<GetStatistics, IssueStatistics>
{
    public async Task<IssueStatistics> Handle(GetStatistics request, CancellationToken cancellationToken) =>
        IssueStatistics.Of(await queries.TallyAsync(request.ToFilter(), GetStatistics.Fields[request.GroupBy!], cancellationToken), statuses);
}
