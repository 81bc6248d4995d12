using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Finds the order that a ticket is about: in a custom field, else in the subject.</summary>
internal sealed class FreshdeskOrderIds
{
    private const string FieldKey = "Freshdesk:OrderIdField";
    private const string PatternsKey = "Freshdesk:OrderIdPatterns";

    /// <summary>Anyone may write a subject, so that none may take long: the time is linear in its length.</summary>
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>
    /// Amazon's orders, TikTok's and Shopify's. What stands around them is told by digits rather than by <c>\b</c>, to which letters that are
    /// written next to a number without a space, as in Chinese, belong to one word with it. <c>&amp;#8217;</c> is no order.
    /// </summary>
    private static readonly IReadOnlyList<string> DefaultPatterns =
    [
        @"(?:^|\D)([0-9]{3}-[0-9]{7}-[0-9]{7})(?:$|\D)",
        @"(?:^|\D)([0-9]{18})(?:$|\D)",
        "(?:^|[^&])(#[1-9][0-9]{2,9})(?:$|[^0-9A-Za-z])",
    ];

    private readonly string field;
    private readonly IReadOnlyList<Regex> patterns;

    private FreshdeskOrderIds(string field, IReadOnlyList<Regex> patterns)
    {
        this.field = field;
        this.patterns = patterns;
    }

    /// <exception cref="StartupException">A pattern can't be used.</exception>
    public static FreshdeskOrderIds Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(PatternsKey);
        var configured = section.GetChildren().Select(entry => Pattern(entry.Path, entry.Value)).ToList();
        return configured.Count > 0 || section.Value is null or ""
            ? new(configuration[FieldKey]?.Trim() ?? "", configured.Count > 0 ? configured : [.. DefaultPatterns.Select(pattern => new Regex(pattern, Linear))])
            : throw new StartupException($"{PatternsKey} must be a list: {PatternsKey}:0 and so on.");
    }

    /// <returns>Null where the ticket names none.</returns>
    public string? Find(FreshdeskTicket ticket) =>
        InField(ticket.CustomFields) ?? patterns.Select(pattern => InSubject(pattern, ticket)).FirstOrDefault(found => found is not null);

    private static Regex Pattern(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StartupException($"{key} is empty.");
        }

        try
        {
            return new(text, Linear);
        }
        catch (RegexParseException exception)
        {
            throw new StartupException($"{key} isn't a regular expression of .NET's: {exception.Error} at character {exception.Offset}.");
        }
        catch (NotSupportedException)
        {
            throw new StartupException($"{key} needs backtracking, as look-arounds and back-references do, which can take too long, or is too large.");
        }
    }

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
