using System.Text.Json;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>
/// The fields of an account's tickets as Freshdesk writes them (https://developers.freshdesk.com/api/#ticket-fields). Each kind has choices of another
/// shape.
/// </summary>
internal static class FreshdeskTicketFields
{
    /// <summary>
    /// What agents see for each status, of <c>"choices":{"6":["Waiting on Customer","Being waited for"]}</c>: the second text is what customers see. A
    /// status whose label is empty or isn't there isn't in it.
    /// </summary>
    /// <exception cref="JsonException">These aren't fields.</exception>
    public static IReadOnlyDictionary<int, string> StatusLabels(JsonElement fields)
    {
        try
        {
            return fields.ValueKind == JsonValueKind.Array ? Labels(fields) : throw new JsonException();
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair is no text.
            throw new JsonException(null, exception);
        }
    }

    private static Dictionary<int, string> Labels(JsonElement fields)
    {
        var labels = new Dictionary<int, string>();
        foreach (var choice in fields.EnumerateArray().Where(IsStatus).SelectMany(Choices))
        {
            if (int.TryParse(choice.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                && choice.Value.ValueKind == JsonValueKind.Array
                && choice.Value.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
                && first.GetString()!.Trim() is { Length: > 0 } label)
            {
                labels[status] = label;
            }
        }

        return labels;
    }

    private static bool IsStatus(JsonElement field) =>
        field.ValueKind == JsonValueKind.Object
        && field.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals("status");

    private static IEnumerable<JsonProperty> Choices(JsonElement field) =>
        field.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Object ? choices.EnumerateObject() : [];
}
