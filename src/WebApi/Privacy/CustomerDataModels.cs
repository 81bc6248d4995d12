using NJsonSchema.Annotations;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Privacy;

/// <summary>Everything that is kept about a customer.</summary>
public sealed record CustomerDataResponse : Response<CustomerDataModel>;

/// <summary>Outcome of an erasure.</summary>
public sealed record ErasureResponse : Response<IReadOnlyList<ErasureModel>>
{
    /// <summary>True where the address has more than 1,000 issues: the same call erases the next ones.</summary>
    /// <example>false</example>
    public required bool More { get; init; }
}

/// <summary>Everything that is kept about a customer.</summary>
[JsonSchema("CustomerData")]
public sealed record CustomerDataModel
{
    /// <summary>Customer's e-mail address, as it was asked for.</summary>
    /// <example>josh@example.com</example>
    public required string Email { get; init; }

    /// <summary>Time of the export, in UTC.</summary>
    /// <example>2025-11-21T11:00:00.000Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>Issues, the oldest first.</summary>
    public required IReadOnlyList<RecordedIssueModel> Issues { get; init; }
}

/// <summary>Issue with its history.</summary>
[JsonSchema("RecordedIssue")]
public sealed record RecordedIssueModel
{
    /// <summary>Issue.</summary>
    public required IssueModel Issue { get; init; }

    /// <summary>History, oldest first.</summary>
    public required IReadOnlyList<HistoryEntryModel> History { get; init; }
}

/// <summary>What became of an issue.</summary>
[JsonSchema("Erasure")]
public sealed record ErasureModel
{
    /// <summary>Number of the issue.</summary>
    /// <example>"1600001"</example>
    public string? IssueId { get; init; }

    /// <summary>True where the issue has no customer's data any more.</summary>
    /// <example>true</example>
    public required bool Ok { get; init; }

    /// <summary>True where something was erased, false where nothing was left.</summary>
    /// <example>true</example>
    public bool? Erased { get; init; }

    /// <summary>Problem code: <c>issue_not_found</c>.</summary>
    public string? Code { get; init; }
}
