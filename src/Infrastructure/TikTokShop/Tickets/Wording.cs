namespace OrderIssues.Infrastructure.TikTokShop.Tickets;

/// <summary>TikTok Shop's constants and what its records are about, in words.</summary>
internal static class Wording
{
    /// <summary><c>AWAITING_BUYER_SHIP</c> as <c>awaiting buyer ship</c>, also where the constant is a new one.</summary>
    public static string? Of(string? constant) => string.IsNullOrWhiteSpace(constant) ? null : constant.Trim().Replace('_', ' ').ToLowerInvariant();

    /// <param name="kind">What it is.</param>
    /// <param name="orderId">The order that it is about, where that is known.</param>
    /// <param name="said">What the customer said, where that is known.</param>
    public static string Subject(string kind, string? orderId, string? said)
    {
        var about = string.IsNullOrWhiteSpace(orderId) ? kind : $"{kind}, order {orderId}";
        return string.IsNullOrWhiteSpace(said) ? about : $"{about}: {said.Trim()}";
    }
}
