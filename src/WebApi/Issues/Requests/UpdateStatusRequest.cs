using System.ComponentModel.DataAnnotations;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>New status of an issue.</summary>
public sealed record UpdateStatusRequest
{
    /// <summary>
    /// Status: <c>open</c>, <c>pending</c>, <c>done</c>, or another of letters, digits, spaces, <c>_</c> and <c>-</c>, unless the service
    /// is set up with a list of its own. Stored in lower case.
    /// </summary>
    /// <example>done</example>
    [Required, StringLength(FieldLimits.Status, MinimumLength = 1)]
    public string? Status { get; init; }

    /// <summary>Person who changes it, for the history.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }
}
