using System.ComponentModel.DataAnnotations;

namespace OrderIssues.WebApi.Errors;

/// <summary>Why a request failed (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Always false, as callers of the service before this one expect.</summary>
    [Required]
    public bool Ok => false;

    /// <summary>The kind of problem, as a URI that only names it: <c>urn:problem-type:order-issue:</c> and the code.</summary>
    /// <example>urn:problem-type:order-issue:issue_not_found</example>
    public required string Type { get; init; }

    /// <summary>The kind of problem, for people.</summary>
    /// <example>Issue not found</example>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    /// <example>404</example>
    public required int Status { get; init; }

    /// <summary>Reason this time, for people.</summary>
    /// <example>There is no issue of this number.</example>
    public required string Detail { get; init; }

    /// <summary>The kind of problem, for programs. It stays the same from version to version.</summary>
    /// <example>issue_not_found</example>
    public required string Code { get; init; }

    /// <summary>Messages for each field that something is wrong with, by its JSON name (<c>items[0].qty</c>).</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Id of the request in the service's log.</summary>
    /// <example>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</example>
    public required string TraceId { get; init; }
}
