namespace OrderIssues.Application.Issues;

internal static class StatusRules
{
    /// <summary>A status that is well formed, and one of the allowed ones where configuration lists them.</summary>
    public static IRuleBuilderOptions<T, string?> Status<T>(this IRuleBuilder<T, string?> rule, IssueStatuses statuses) =>
        rule.Must(status => status is null || IssueStatuses.IsWellFormed(status))
            .WithMessage($"must be 1 to {IssueStatuses.MaxCharacters} letters, digits, spaces, '_' or '-'")
            .Must(status => status is null || statuses.IsAllowed(status))
            .WithMessage($"must be one of: {string.Join(", ", statuses.Allowed)}");
}
