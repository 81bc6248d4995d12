namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>Words for TikTok Shop's constants and records.</summary>
internal static class Wording
{
    /// <summary>Rewrites <c>AWAITING_BUYER_SHIP</c> as <c>awaiting buyer ship</c>, and constants that are newer than this alike.</summary>
    public static string? Of(string? constant) => TextOrNull(constant)?.Replace('_', ' ').ToLowerInvariant();

    /// <summary>Trims a text; null when it is blank, as unknown values are in places.</summary>
    public static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Makes up a subject, since TikTok Shop's records have none.</summary>
    /// <param name="kind">Kind of record.</param>
    /// <param name="orderId">Order of the record, when known.</param>
    /// <param name="said">Words of the customer, when known.</param>
    public static string Subject(string kind, string? orderId, string? said)
    {
        var about = TextOrNull(orderId) is { } order ? $"{kind}, order {order}" : kind;
        return TextOrNull(said) is { } text ? $"{about}: {text}" : about;
    }
}
