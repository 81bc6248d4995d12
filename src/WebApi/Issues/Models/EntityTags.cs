using Microsoft.Net.Http.Headers;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Entity tags of issues (RFC 9110 section 8.8.3).</summary>
internal static class EntityTags
{
    public static string Of(OrderIssue issue) => $"\"{issue.Revision}\"";

    /// <summary>Reads tags, weak ones as strong; null if absent, empty or <c>*</c>.</summary>
    /// <exception cref="FailureException">The header has another form.</exception>
    // Proxies that compress make tags weak; ours name a revision, not bytes.
    public static IReadOnlyList<string>? InIfMatch(string? header) =>
        Read(HeaderNames.IfMatch, header) is { } tags && !tags.Contains(EntityTagHeaderValue.Any)
            ? [.. tags.Select(tag => tag.Tag.ToString().Trim('"'))]
            : null;

    /// <summary>True if the state is named, weakly or not.</summary>
    /// <exception cref="FailureException">The header has another form.</exception>
    public static bool IsInIfNoneMatch(string? header, OrderIssue issue) =>
        Read(HeaderNames.IfNoneMatch, header)?.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Of(issue)) == true;

    private static IList<EntityTagHeaderValue>? Read(string name, string? header) =>
        string.IsNullOrWhiteSpace(header) ? null
        : EntityTagHeaderValue.TryParseStrictList([header], out var tags)
            && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any)) ? tags
        : throw FieldErrors.OfHeader(name, "must be entity tags in quotes, with commas between them, or *");
}
