using System.Text.RegularExpressions;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Columns of a table of issues, and the texts of its cells.</summary>
internal static partial class IssueTable
{
    /// <summary>Characters that programs take for line ends, for a regular expression's character class.</summary>
    public const string LineEnds = @"\n\v\f\r\x1C-\x1E\x85\u2028\u2029";

    public static readonly IReadOnlyList<IssueField> Columns = [.. IssueField.All.Where(field => !field.Is(FieldTraits.Derived))];
    public static readonly IReadOnlyList<string> Header = [.. Columns.Select(column => column.Name)];

    public static string? Text(object? value) => value switch
    {
        null or string => (string?)value,
        DateTimeOffset time => UtcDateTimeConverter.Text(time),
        Cost cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Amount} {cost.Currency}"),
        IEnumerable<string> texts => string.Join("; ", texts.Select(Entry)),
        IEnumerable<IssueItem> items =>
            string.Join("; ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{Entry(item.Sku)} x {item.Qty}"))),
        IEnumerable<DiscussionMessage> messages => string.Join('\n', messages.Select(Message)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    // Quotes show that what could pass for several entries is one.
    private static string Entry(string text) =>
        text.Contains(';') || text.StartsWith('"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    // Indented, so that no line of a message can pass for another message.
    private static string Message(DiscussionMessage said) =>
        LineEnd().Replace($"{UtcDateTimeConverter.Text(said.CreatedAt)} {said.UserName}: {said.Message}", "$0  ");

    [GeneratedRegex($@"\r\n|[{LineEnds}]")]
    private static partial Regex LineEnd();
}
