using MediatR;
using OrderIssues.Application.Issues.Filtering;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Application.Issues.ExportIssues;

/// <summary>
/// Gives all issues that the filter means, the latest first, each as it is when its turn comes. Those reported meanwhile aren't among them.
/// On the way it fails as the store does.
/// </summary>
public sealed record ExportIssues : FilteredRequest, IRequest<IAsyncEnumerable<OrderIssue>>
{
    public const string Csv = "csv";
    public const string Ndjson = "ndjson";

    /// <summary><see cref="Csv"/> or <see cref="Ndjson"/>: what the issues are to be written as.</summary>
    public string? Format { get; init; }
}
