using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Successful answer.</summary>
public abstract record Response<T>
{
    /// <summary>Always true.</summary>
    [Required, JsonPropertyOrder(-2)]
    public bool Ok => true;

    /// <summary>Requested data.</summary>
    [JsonPropertyOrder(-1)]
    public required T Data { get; init; }
}

/// <summary>Issue.</summary>
public sealed record IssueResponse : Response<IssueModel>
{
    /// <summary>After a report: unresolved issues of the order that may be about the same, the newest first; left out if none.</summary>
    /// <example>["1600001"]</example>
    public IReadOnlyList<string>? PossibleDuplicates { get; init; }

    /// <summary>Size of the issue in the store.</summary>
    [JsonIgnore]
    internal long StoredBytes { get; init; }
}

/// <summary>Page of issues.</summary>
public sealed record IssueListResponse : Response<IReadOnlyList<IssueModel>>
{
    /// <summary>Page.</summary>
    public required PageModel Page { get; init; }
}

/// <summary>History of an issue.</summary>
public sealed record HistoryResponse : Response<IReadOnlyList<HistoryEntryModel>>;

/// <summary>Statistics of issues.</summary>
public sealed record StatisticsResponse : Response<StatisticsModel>;

/// <summary>Page of a list.</summary>
[JsonSchema("Page")]
public sealed record PageModel
{
    /// <summary>Page size; fewer on the last page or above 4 MiB.</summary>
    /// <example>50</example>
    public required int Limit { get; init; }

    /// <summary><c>cursor</c> of the next page; absent on the last.</summary>
    /// <example>yv5FzO0nhC7ECWfbMTc2MzYzMjgwMDAwMC42OTFlM2QxYzhmMWIyYTAwMTIzNDU2Nzg</example>
    public string? NextCursor { get; init; }

    /// <summary>Number of issues on all pages, if asked for.</summary>
    /// <example>1</example>
    public long? Total { get; init; }
}
