using NJsonSchema.Annotations;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Session;

/// <summary>Caller.</summary>
public sealed record SessionResponse : Response<SessionModel>;

/// <summary>Caller, and the scopes of the credential.</summary>
[JsonSchema("Session")]
public sealed record SessionModel
{
    /// <summary>API key's name or token's subject; left out where nobody is named.</summary>
    /// <example>support-app</example>
    public string? Name { get; init; }

    /// <summary>Scopes of the credential that the service knows.</summary>
    /// <example>["issues:read", "issues:write"]</example>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>True for a call without a credential, where that is permitted.</summary>
    /// <example>false</example>
    public required bool Anonymous { get; init; }
}
