using System.Globalization;

namespace OrderIssues.Domain.Tickets;

/// <summary>Freshdesk's ticket statuses (https://developers.freshdesk.com/api/#ticket-properties), in the words that callers know.</summary>
public static class FreshdeskStatus
{
    public static string TextOf(int status) => status switch
    {
        2 => "opening",
        3 => "pending",
        4 => "resolved",
        5 => "closed",
        _ => string.Create(CultureInfo.InvariantCulture, $"status {status}"),
    };
}
