using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Affected item.</summary>
[JsonSchema("IssueItem")]
public sealed record IssueItemModel
{
    /// <summary>Stock keeping unit.</summary>
    /// <example>MUG-BLUE-2</example>
    public required string Sku { get; init; }

    /// <summary>Number of units.</summary>
    /// <example>1</example>
    public required int Qty { get; init; }
}

/// <summary>Message about an issue.</summary>
[JsonSchema("DiscussionMessage")]
public sealed record DiscussionMessageModel
{
    /// <summary>Author of the message.</summary>
    /// <example>John Agent</example>
    public required string UserName { get; init; }

    /// <summary>Text of the message.</summary>
    /// <example>Customer confirmed they received the replacement.</example>
    public required string Message { get; init; }

    /// <summary>Time of the message.</summary>
    /// <example>2025-11-21T12:00:00.000Z</example>
    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of the merged issue that it was written to; left out for messages to this issue.</summary>
    /// <example>"1600001"</example>
    public string? FromIssueId { get; init; }
}

/// <summary>Amount of money.</summary>
[JsonSchema("Cost")]
public sealed record CostModel
{
    /// <summary>Amount.</summary>
    /// <example>12.5</example>
    public required decimal Amount { get; init; }

    /// <summary>Currency of ISO 4217.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }
}
