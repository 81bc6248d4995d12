namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>TikTok Shop's constants and what its records are about, in words.</summary>
internal static class Wording
{
    /// <summary><c>AWAITING_BUYER_SHIP</c> as <c>awaiting buyer ship</c>, also where the constant is a new one.</summary>
    public static string? Of(string? constant) => TextOrNull(constant)?.Replace('_', ' ').ToLowerInvariant();

    /// <summary>What isn't known comes as an empty text in places.</summary>
    public static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <param name="kind">What it is.</param>
    /// <param name="orderId">The order that it is about, where that is known.</param>
    /// <param name="said">What the customer said, where that is known.</param>
    public static string Subject(string kind, string? orderId, string? said)
    {
        var about = TextOrNull(orderId) is { } order ? $"{kind}, order {order}" : kind;
        return TextOrNull(said) is { } text ? $"{about}: {text}" : about;
    }
}
