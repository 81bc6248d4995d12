using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>A successful answer.</summary>
/// <typeparam name="T">Type of the data.</typeparam>
public abstract record Response<T>
{
    /// <summary>Always true.</summary>
    [Required, JsonPropertyOrder(-2)]
    public bool Ok => true;

    /// <summary>The requested data.</summary>
    [JsonPropertyOrder(-1)]
    public required T Data { get; init; }
}

/// <summary>An issue.</summary>
public sealed record IssueResponse : Response<IssueModel>;

/// <summary>A page of issues.</summary>
public sealed record IssueListResponse : Response<IReadOnlyList<IssueModel>>
{
    /// <summary>The page.</summary>
    public required PageModel Page { get; init; }
}

/// <summary>The history of an issue.</summary>
public sealed record HistoryResponse : Response<IReadOnlyList<HistoryEntryModel>>;

/// <summary>Statistics of issues.</summary>
public sealed record StatisticsResponse : Response<StatisticsModel>;
