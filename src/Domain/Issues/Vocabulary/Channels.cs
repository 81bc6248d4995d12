namespace OrderIssues.Domain.Issues.Vocabulary;

/// <summary>Channels of complaints, and ticket systems among them.</summary>
public static class Channels
{
    public const string Freshdesk = "freshdesk";
    public const string TikTok = "tiktok";
    public const string Email = "email";
    public const string Other = "other";

    /// <summary>Rule for issues that came through a ticket system.</summary>
    public const string TicketRule = "is required when source or channel is freshdesk or tiktok";

    public static IReadOnlyList<string> All { get; } = [Freshdesk, TikTok, Email, Other];

    public static IReadOnlyList<string> TicketSystems { get; } = [Freshdesk, TikTok];

    /// <summary>Finds the channel of a source such as <c>freshdesk-us</c>.</summary>
    /// <returns>Null for a source of no channel.</returns>
    public static string? Of(string? source) => All.FirstOrDefault(channel =>
        source == channel || (source?.StartsWith($"{channel}-", StringComparison.Ordinal) == true && source.Length > channel.Length + 1));

    /// <summary>True for channels that are ticket systems.</summary>
    public static bool HasTickets(string? channel) => TicketSystems.Contains(channel);

    /// <summary>Finds an issue's ticket system: the source's, else the channel.</summary>
    /// <returns>Null when neither has tickets.</returns>
    public static string? TicketSystemOf(string? channel, string? source) => new[] { Of(source), channel }.FirstOrDefault(HasTickets);

    /// <summary>True for issues that must name their ticket.</summary>
    public static bool NeedsTicket(string? channel, string? source) => TicketSystemOf(channel, source) is not null;
}
