using System.ComponentModel.DataAnnotations;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>Another status for an issue.</summary>
public sealed record UpdateStatusRequest
{
    /// <summary>
    /// <c>open</c>, <c>pending</c>, <c>done</c>, or another of letters, digits, spaces, <c>_</c> and <c>-</c>, unless the service is set up
    /// with a list of its own. In any case; stored in lower case.
    /// </summary>
    /// <example>done</example>
    [Required, StringLength(FieldLimits.Status, MinimumLength = 1)]
    public string? Status { get; init; }

    /// <summary>Who does it, for the history.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }
}
