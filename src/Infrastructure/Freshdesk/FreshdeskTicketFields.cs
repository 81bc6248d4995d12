namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Fields of an account's tickets (https://developers.freshdesk.com/api/#ticket-fields).</summary>
internal static class FreshdeskTicketFields
{
    /// <summary>Reads the status labels that agents see.</summary>
    /// <remarks>Agents see the first of <c>"choices":{"6":["Waiting on Customer","Being waited for"]}</c>.</remarks>
    /// <exception cref="JsonException">The element isn't a list of fields.</exception>
    public static IReadOnlyDictionary<int, string> StatusLabels(JsonElement fields)
    {
        try
        {
            return fields.ValueKind == JsonValueKind.Array ? Labels(fields) : throw new JsonException();
        }
        catch (InvalidOperationException exception)
        {
            // Thrown for a text with half a surrogate pair.
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
