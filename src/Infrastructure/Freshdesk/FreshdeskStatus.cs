namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Freshdesk's ticket statuses (https://developers.freshdesk.com/api/#ticket-properties), in the words that callers know.</summary>
internal static class FreshdeskStatus
{
    /// <summary>Whether an account made it for itself, so that only the account knows a word for it.</summary>
    public static bool IsCustom(int status) => status is < 2 or > 5;

    /// <param name="status">The status.</param>
    /// <param name="label">The account's word for it, where it is custom and that is known.</param>
    public static string TextOf(int status, string? label = null) => status switch
    {
        2 => "opening",
        3 => "pending",
        4 => "resolved",
        5 => "closed",
        _ => label ?? string.Create(CultureInfo.InvariantCulture, $"status {status}"),
    };
}
