using NJsonSchema.Annotations;
using OrderIssues.Application.Issues.Bulk;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Outcomes, one for each issue, in the order asked for; of a filter, latest issue first.</summary>
public sealed record ChangedIssuesResponse : Response<IReadOnlyList<ChangedIssueModel>>;

/// <summary>Outcome for one issue.</summary>
[JsonSchema("ChangedIssue")]
public sealed record ChangedIssueModel
{
    /// <summary>Number of the issue.</summary>
    /// <example>"1600001"</example>
    public required string IssueId { get; init; }

    /// <summary>True where the issue has what was wanted now; false where it stays as it is.</summary>
    /// <example>true</example>
    public required bool Ok { get; init; }

    /// <summary>Reason why it stays, for programs.</summary>
    public string? Code { get; init; }

    /// <summary>Reason why it stays, for people.</summary>
    public string? Detail { get; init; }

    internal static ChangedIssueModel Of(IssueOutcome outcome) => new()
    {
        IssueId = outcome.IssueId,
        Ok = outcome.Failure is null,
        Code = outcome.Failure is { } failed ? ProblemTypes.NameOf(ProblemTypes.CodeOf(failed.Code)) : null,
        Detail = outcome.Failure switch
        {
            { Errors: [_, ..] errors } => string.Join("; ", errors.Select(error => $"{error.PropertyName} {error.ErrorMessage}")),
            var failure => failure?.Message,
        },
    };
}
