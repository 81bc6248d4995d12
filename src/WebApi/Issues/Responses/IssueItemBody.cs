using NJsonSchema.Annotations;

namespace OrderIssues.WebApi.Issues.Responses;

/// <summary>An item that the issue is about.</summary>
[JsonSchema("IssueItem")]
public sealed record IssueItemBody
{
    /// <summary>The stock keeping unit.</summary>
    /// <example>MUG-BLUE-2</example>
    public required string Sku { get; init; }

    /// <summary>How many of them.</summary>
    /// <example>1</example>
    public required int Qty { get; init; }
}
