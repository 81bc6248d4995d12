using MediatR;
using OrderIssues.Application.Issues.Filtering;
using OrderIssues.Domain.Issues.Queries.Statistics;

namespace OrderIssues.Application.Issues.GetStatistics;

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
