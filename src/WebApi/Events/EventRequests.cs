using System.ComponentModel;
using FluentValidation.Results;
using NJsonSchema;
using NJsonSchema.Annotations;
using OrderIssues.Application.Events;

namespace OrderIssues.WebApi.Events;

/// <summary>Place in the log, and kinds of events.</summary>
public class EventsRequest
{
    // Largest that all JSON readers take exactly (RFC 8259 section 6).
    private const long MaxSequence = 9_007_199_254_740_991;

    /// <summary>Sequence of the last event that the caller knows. Default: events begin with the oldest there is.</summary>
    [FromQuery(Name = "after"), JsonSchema(JsonObjectType.Integer, Format = JsonFormatStrings.Long), Range(0d, MaxSequence)]
    public string? After { get; init; }

    /// <summary>Kind of event; any of several. Default: all.</summary>
    [FromQuery(Name = "type")]
    public IReadOnlyList<string>? Type { get; init; }

    /// <summary><c>epoch</c> of the log that the caller knows, if it does: another log fails with <c>events_expired</c>.</summary>
    [FromQuery(Name = "epoch")]
    public string? Epoch { get; init; }

    internal IEnumerable<string> Types => (Type ?? []).SelectMany(types => types.Split(','));

    internal IReadOnlyList<string> Actions => [.. Types.Select(EventTypes.Actions.GetValueOrDefault).OfType<string>()];

    internal IEnumerable<ValidationFailure> Errors() => Types.All(EventTypes.Actions.ContainsKey)
        ? []
        : [FieldErrors.ForName("type", $"must be one or more of {string.Join(", ", EventTypes.Actions.Keys)}")];

    /// <summary>Reads a sequence; -1 if it isn't one, null if there is none.</summary>
    internal static long? SequenceOf(string? text) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : -1;
}

/// <summary>Place in the log, kinds of events, and page.</summary>
public sealed class ListEventsRequest : EventsRequest
{
    /// <summary>Page size, 1 to 500. Default: 100.</summary>
    [FromQuery(Name = "limit"), JsonSchema(JsonObjectType.Integer), Range(1, ListEvents.MaxLimit), DefaultValue(ListEvents.DefaultLimit)]
    public string? Limit { get; init; }

    /// <summary>Seconds, 0 to 30, to wait until there is an event. Default: 0.</summary>
    [FromQuery(Name = "wait"), JsonSchema(JsonObjectType.Integer), Range(0, ListEvents.MaxWait), DefaultValue(0)]
    public string? Wait { get; init; }

    internal ListEvents ToQuery() => new()
    {
        After = SequenceOf(After),
        Actions = Actions,
        Epoch = Epoch,
        Limit = IntegerOf(Limit) ?? ListEvents.DefaultLimit,
        Wait = IntegerOf(Wait) ?? 0,
    };

    private static int? IntegerOf(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer) ? integer
        : -1;
}
