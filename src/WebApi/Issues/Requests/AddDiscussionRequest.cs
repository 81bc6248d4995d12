using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>A message for the discussion of an issue.</summary>
public sealed record AddDiscussionRequest
{
    /// <summary>Who says it. May come as <c>userName</c> instead.</summary>
    /// <example>John Agent</example>
    [Required, StringLength(FieldLimits.PersonName, MinimumLength = 1)]
    public string? Username { get; init; }

    /// <summary>What <c>username</c> may come as instead.</summary>
    [StringLength(FieldLimits.PersonName, MinimumLength = 1), JsonPropertyName("userName")]
    public string? UserNameAsStored { get; init; }

    /// <summary>What is said, in several lines if need be.</summary>
    /// <example>Customer confirmed they received the replacement.</example>
    [Required, StringLength(FieldLimits.Message, MinimumLength = 1)]
    public string? Message { get; init; }
}
