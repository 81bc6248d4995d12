namespace OrderIssues.Domain.Issues;

/// <summary>Where customers' complaints come from.</summary>
public static class Channels
{
    public const string Freshdesk = "freshdesk";
    public const string TikTok = "tiktok";
    public const string Email = "email";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } = [Freshdesk, TikTok, Email, Other];

    /// <summary>
    /// The channel that <paramref name="source"/> belongs to: itself, or what stands before the <c>-</c> of a more specific name such as
    /// <c>freshdesk-us</c>. Null when it belongs to none.
    /// </summary>
    public static string? Of(string? source) => All.FirstOrDefault(channel =>
        source == channel || (source?.StartsWith($"{channel}-", StringComparison.Ordinal) == true && source.Length > channel.Length + 1));

    /// <summary>Whether what comes in through this channel is a ticket of another system.</summary>
    public static bool HasTickets(string? channel) => channel is Freshdesk or TikTok;

    /// <summary>The system that the ticket of an issue from there lives in: the source's, else the channel. Null when neither has tickets.</summary>
    public static string? TicketSystemOf(string? channel, string? source) => new[] { Of(source), channel }.FirstOrDefault(HasTickets);

    /// <summary>Whether an issue from there comes with a ticket of another system, which it must then name.</summary>
    public static bool NeedsTicket(string? channel, string? source) => TicketSystemOf(channel, source) is not null;
}
