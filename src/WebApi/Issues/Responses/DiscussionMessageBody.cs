using System.Text.Json.Serialization;
using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Responses;

/// <summary>What somebody said about an issue.</summary>
[JsonSchema("DiscussionMessage")]
public sealed record DiscussionMessageBody
{
    /// <summary>Who said it.</summary>
    /// <example>John Agent</example>
    public required string UserName { get; init; }

    /// <summary>What was said.</summary>
    /// <example>Customer confirmed they received the replacement.</example>
    public required string Message { get; init; }

    /// <summary>When it was said.</summary>
    /// <example>2025-11-21T12:00:00.000Z</example>
    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }
}
