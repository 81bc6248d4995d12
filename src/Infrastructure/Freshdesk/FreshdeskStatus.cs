namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Words for Freshdesk's ticket statuses (https://developers.freshdesk.com/api/#ticket-properties).</summary>
internal static class FreshdeskStatus
{
    /// <summary>True for statuses that an account added.</summary>
    public static bool IsCustom(int status) => status is < 2 or > 5;

    public static string TextOf(int status, string? label = null) => status switch
    {
        2 => "opening",
        3 => "pending",
        4 => "resolved",
        5 => "closed",
        _ => label ?? string.Create(CultureInfo.InvariantCulture, $"status {status}"),
    };
}
