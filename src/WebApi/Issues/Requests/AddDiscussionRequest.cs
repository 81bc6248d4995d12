using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>A message for the discussion of an issue.</summary>
public sealed record AddDiscussionRequest
{
    /// <summary>Author of the message. May come as <c>userName</c> instead.</summary>
    /// <example>John Agent</example>
    [Required, StringLength(FieldLimits.PersonName, MinimumLength = 1)]
    public string? Username { get; init; }

    /// <summary>Other name for <c>username</c>.</summary>
    [StringLength(FieldLimits.PersonName, MinimumLength = 1), JsonPropertyName("userName")]
    public string? UserNameAsStored { get; init; }

    /// <summary>Text of the message, in several lines if need be.</summary>
    /// <example>Customer confirmed they received the replacement.</example>
    [Required, StringLength(FieldLimits.Message, MinimumLength = 1)]
    public string? Message { get; init; }
}
