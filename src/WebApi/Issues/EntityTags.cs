using FluentValidation.Results;
using Microsoft.Net.Http.Headers;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues;

/// <summary>The states of issues as entity tags (RFC 9110 section 8.8.3).</summary>
internal static class EntityTags
{
    public static string Of(OrderIssue issue) => $"\"{issue.State}\"";

    /// <summary>The states that <c>If-Match</c> names; null where it is absent, empty or <c>*</c>. A weak tag is no state's.</summary>
    /// <exception cref="FailureException">It has another form.</exception>
    public static IReadOnlyList<string>? InIfMatch(string? header) =>
        Read(HeaderNames.IfMatch, header) is { } tags && !tags.Contains(EntityTagHeaderValue.Any)
            ? [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))]
            : null;

    /// <summary>Whether <c>If-None-Match</c> names the state that the issue is in, weakly or not.</summary>
    /// <exception cref="FailureException">It has another form.</exception>
    public static bool IsInIfNoneMatch(string? header, OrderIssue issue) =>
        Read(HeaderNames.IfNoneMatch, header)?.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Of(issue)) == true;

    private static IList<EntityTagHeaderValue>? Read(string name, string? header) =>
        string.IsNullOrWhiteSpace(header) ? null
        : EntityTagHeaderValue.TryParseStrictList([header], out var tags) && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any)) ? tags
        : throw new FailureException(FailureCode.ValidationFailed, "A header breaks the rules listed in errors.")
        {
            Errors = [new ValidationFailure(FailureException.AsSent + name, "must be entity tags in quotes, with commas between them, or *")],
        };
}
