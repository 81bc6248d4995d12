using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Issues.Responses.History;

/// <summary>The history of an issue.</summary>
public sealed record HistoryResponse
{
    /// <summary>Always true.</summary>
    [Required]
    public bool Ok => true;

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<HistoryEntryBody> Data { get; init; }
}
