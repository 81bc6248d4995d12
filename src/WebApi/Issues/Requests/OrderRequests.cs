namespace OrderIssues.WebApi.Issues.Requests;

/// <summary>New status of an issue.</summary>
public sealed record UpdateStatusRequest
{
    /// <summary>
    /// <c>open</c>, <c>pending</c>, <c>done</c>, or another of letters, digits, spaces, <c>_</c> and <c>-</c>, unless the service has a
    /// list of its own. Stored in lower case.
    /// </summary>
    /// <example>done</example>
    [Required, StringLength(FieldLimits.Status, MinimumLength = 1)]
    public string? Status { get; init; }

    /// <summary>Author, for the history.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }
}

/// <summary>Issue to merge another one into.</summary>
public sealed record MergeIssueRequest
{
    /// <summary>Number of another issue of the same order, which isn't merged itself.</summary>
    /// <example>"1600002"</example>
    [Required, StringLength(FieldLimits.IssueId, MinimumLength = 1)]
    public string? Into { get; init; }

    /// <summary>Author, for the history.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }
}

/// <summary>Message for a discussion.</summary>
public sealed record AddDiscussionRequest
{
    /// <summary>Author, or <c>userName</c> instead.</summary>
    /// <example>John Agent</example>
    [StringLength(FieldLimits.PersonName, MinimumLength = 1)]
    public string? Username { get; init; }

    /// <summary>Other name for <c>username</c>.</summary>
    [StringLength(FieldLimits.PersonName, MinimumLength = 1), JsonPropertyName("userName")]
    public string? UserNameAsStored { get; init; }

    /// <summary>Text of any number of lines.</summary>
    /// <example>Customer confirmed they received the replacement.</example>
    [Required, StringLength(FieldLimits.Message, MinimumLength = 1)]
    public string? Message { get; init; }
}
