using System.Text.RegularExpressions;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Finds a ticket's order in field or subject.</summary>
internal sealed class FreshdeskOrderIds
{
    /// <summary>Linear time, since anyone may write a subject.</summary>
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Orders of Amazon, TikTok and Shopify.</summary>
    /// <remarks><c>\b</c> sees no boundary between a number and Chinese; <c>&amp;#8217;</c> is an HTML entity, no order.</remarks>
    private static readonly IReadOnlyList<string> DefaultPatterns =
    [
        @"(?:^|\D)([0-9]{3}-[0-9]{7}-[0-9]{7})(?:$|\D)",
        @"(?:^|\D)([0-9]{18})(?:$|\D)",
        "(?:^|[^&])(#[1-9][0-9]{2,9})(?:$|[^0-9A-Za-z])",
    ];

    /// <summary>Mentions of tickets: Freshdesk puts the old ticket's number into the subject of a late reply.</summary>
    private static readonly Regex TicketMention = new(
        @"\[\s*#\s*[0-9]+\s*\]|\b(?:ticket|case|request)\s*(?:id|no|nr|number)?[\s.:(-]*#\s*[0-9]+",
        Linear | RegexOptions.IgnoreCase);

    private readonly string field;
    private readonly IReadOnlyList<Regex> patterns;

    public FreshdeskOrderIds(string field, IReadOnlyCollection<string> patterns)
    {
        this.field = field;
        this.patterns = [.. (patterns.Count > 0 ? patterns : DefaultPatterns).Select(pattern => new Regex(pattern, Linear))];
    }

    /// <summary>Explains a pattern's error; null for good ones.</summary>
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
            // Thrown for a text with half a surrogate pair.
            return null;
        }
    }

    /// <summary>First match except numbers of tickets, its own or others (<c>[#18362]</c>).</summary>
    private static string? InSubject(Regex pattern, FreshdeskTicket ticket)
    {
        var subject = TicketMention.Replace(ticket.Subject ?? "", " ");
        var own = string.Create(CultureInfo.InvariantCulture, $"{ticket.Id}");
        for (var start = 0; pattern.Match(subject, start) is { Success: true } match;)
        {
            // The first group may belong to an alternative that didn't match.
            var found = match.Groups[1] is { Success: true } group ? group : match;
            if (found.Value.Trim().TrimStart('#') != own)
            {
                return TextOrNull(found.Value);
            }

            // The character behind it may belong to the next match.
            start = found.Index + found.Length;
        }

        return null;
    }

    private static string? TextOrNull(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
