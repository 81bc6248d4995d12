namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

internal static class Wording
{
    /// <summary>Rewrites <c>AWAITING_BUYER_SHIP</c> as <c>awaiting buyer ship</c>.</summary>
    public static string? Of(string? constant) => TextOrNull(constant)?.Replace('_', ' ').ToLowerInvariant();

    public static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Makes up a subject; records have none.</summary>
    public static string Subject(string kind, string? orderId, string? said)
    {
        var about = TextOrNull(orderId) is { } order ? $"{kind}, order {order}" : kind;
        return TextOrNull(said) is { } text ? $"{about}: {text}" : about;
    }
}
