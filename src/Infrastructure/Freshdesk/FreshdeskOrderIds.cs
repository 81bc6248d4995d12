using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Finds the order that a ticket is about: in a custom field, else in the subject.</summary>
internal sealed class FreshdeskOrderIds
{
    // Linear in a subject's length, since anyone may write one.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Orders of Amazon, TikTok and Shopify. Digits around them count rather than \b, since letters that are written next to a number without
    // a space, as in Chinese, belong to one word with it. &#8217; is no order.
    private static readonly IReadOnlyList<string> DefaultPatterns =
    [
        @"(?:^|\D)([0-9]{3}-[0-9]{7}-[0-9]{7})(?:$|\D)",
        @"(?:^|\D)([0-9]{18})(?:$|\D)",
        "(?:^|[^&])(#[1-9][0-9]{2,9})(?:$|[^0-9A-Za-z])",
    ];

    private readonly string field;
    private readonly IReadOnlyList<Regex> patterns;

    /// <param name="field">The custom field; empty: none.</param>
    /// <param name="patterns">The patterns of subjects; none: those of Amazon, TikTok and Shopify.</param>
    public FreshdeskOrderIds(string field, IReadOnlyCollection<string> patterns)
    {
        this.field = field;
        this.patterns = [.. (patterns.Count > 0 ? patterns : DefaultPatterns).Select(pattern => new Regex(pattern, Linear))];
    }

    /// <summary>Says what is wrong with a pattern, without repeating it; null for a good one.</summary>
    public static string? ErrorIn(string pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            return "is empty.";
        }

        try
        {
            _ = new Regex(pattern, Linear);
            return null;
        }
        catch (RegexParseException exception)
        {
            return $"isn't a regular expression of .NET's: {exception.Error} at character {exception.Offset}.";
        }
        catch (NotSupportedException)
        {
            return "needs backtracking, as look-arounds and back-references do, which can take too long, or is too large.";
        }
    }

    /// <returns>Null where the ticket names none.</returns>
    public string? Find(FreshdeskTicket ticket) =>
        InField(ticket.CustomFields) ?? patterns.Select(pattern => InSubject(pattern, ticket)).FirstOrDefault(found => found is not null);

    private string? InField(JsonElement fields)
    {
        try
        {
            return field.Length > 0 && fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(field, out var value)
                ? value.ValueKind switch
                {
                    JsonValueKind.String => TextOrNull(value.GetString()),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => null,
                }
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text.
            return null;
        }
    }

    /// <summary>
    /// A pattern's first group may have no part in the match, as one of several alternatives. Mail about a ticket has the ticket's own number in its
    /// subject, which is no order's: <c>[#18362]</c>.
    /// </summary>
    private static string? InSubject(Regex pattern, FreshdeskTicket ticket)
    {
        var subject = ticket.Subject ?? "";
        var own = string.Create(CultureInfo.InvariantCulture, $"{ticket.Id}");
        for (var start = 0; pattern.Match(subject, start) is { Success: true } match;)
        {
            var found = match.Groups[1] is { Success: true } group ? group : match;
            if (found.Value.Trim().TrimStart('#') != own)
            {
                return TextOrNull(found.Value);
            }

            // What stands after it may be what must stand before the next one.
            start = found.Index + found.Length;
        }

        return null;
    }

    private static string? TextOrNull(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
