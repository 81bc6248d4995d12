using NJsonSchema;
using OrderIssues.Application.Events;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Application.Webhooks;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.WebApi.Webhooks;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Words that a field or parameter has.</summary>
/// <param name="Name">Name of the schema.</param>
/// <param name="Description">Description of the schema.</param>
/// <param name="Words">Known words.</param>
/// <param name="IsOpen">True where other words may come, too.</param>
internal sealed record Vocabulary(string Name, string Description, IEnumerable<string> Words, bool IsOpen)
{
    /// <summary>Fields to count issues by.</summary>
    public static readonly Vocabulary GroupFields = Closed("GroupField", "Field to count issues by.", GetStatistics.GroupFields.Keys);

    /// <summary>Ticket systems.</summary>
    public static readonly Vocabulary TicketSystems = Closed("TicketSystem", "System that keeps tickets.", Channels.TicketSystems);

    /// <summary>Kinds of events; other things have a <c>type</c>, too.</summary>
    public static readonly Vocabulary EventKinds = Closed("IssueEventType", "Kind of event.", EventTypes.Actions.Keys);

    /// <summary>States of deliveries and of webhooks.</summary>
    public static readonly Vocabulary DeliveryStatuses = Closed("DeliveryStatus", "State of a delivery.", ListDeliveries.Statuses);
    public static readonly Vocabulary WebhookStates = Closed("WebhookState", "State of a webhook.", WebhookModel.States);

    /// <summary>Vocabularies of the texts with these names.</summary>
    private static readonly IReadOnlyDictionary<string, Vocabulary> ByName = new Dictionary<string, Vocabulary>
    {
        ["status"] = Open("IssueStatus", "Status of an issue.", [IssueStatuses.Default, IssueStatuses.Pending, IssueStatuses.Done]),
        ["channel"] = Open("Channel", "Channel of a complaint.", Channels.All),
        ["source"] = Open("Source", "Channel, or a longer name that starts with it and `-`.", Channels.All),
        ["issueType"] = Open("IssueType", "Kind of issue.", ["delivery issue", "missing item", "wrong item", "damaged", "refund request"]),
        ["priority"] = Closed("Priority", "Priority of an issue.", Priorities.All),
        ["fault"] = Closed("Fault", "Party whose fault an issue is.", Faults.All),
        ["sort"] = Closed("IssueSort", "Order of a list; `-`: latest first.", ListIssues.Sorts.Keys),
        ["format"] = Closed("ExportFormat", "Format of a file.", ExportIssues.Formats),
        ["action"] = Closed(
            "HistoryAction",
            "Kind of change; `confirmed`: the same status again.",
            [
                HistoryActions.Created, HistoryActions.StatusChanged, HistoryActions.Confirmed, HistoryActions.Edited,
                HistoryActions.MessageAdded, HistoryActions.Merged, HistoryActions.Erased,
            ]),
        ["code"] = Closed(
            "ProblemCode", "Kind of problem, for programs; stable across versions.",
            Enum.GetValues<ProblemCode>().Order().Select(ProblemTypes.NameOf)),
    };

    /// <summary>Finds the vocabulary of a field, or null.</summary>
    public static Vocabulary? OfField(string type, string name) =>
        (type, name) switch
        {
            ("IssueEvent", "type") or ("WebhookDelivery", "type") => EventKinds,
            ("WebhookDelivery", "status") => DeliveryStatuses,
            ("Webhook", "state") => WebhookStates,
            _ => ByName.GetValueOrDefault(name),
        };

    /// <summary>Finds the vocabulary of a parameter, or null.</summary>
    public static Vocabulary? OfParameter(string path, string name) => name switch
    {
        "groupBy" => GroupFields,
        "source" when path.Contains("ticket", StringComparison.Ordinal) => TicketSystems,
        "status" when path.Contains("webhook", StringComparison.Ordinal) => DeliveryStatuses,
        "type" => EventKinds,
        _ => ByName.GetValueOrDefault(name),
    };

    public JsonSchema ToSchema()
    {
        var known = new JsonSchema { Type = JsonObjectType.String };
        foreach (var word in Words)
        {
            known.Enumeration.Add(word);
        }

        var schema = IsOpen ? new JsonSchema { AnyOf = { known, new JsonSchema { Type = JsonObjectType.String } } } : known;
        schema.Description = Description;
        return schema;
    }

    private static Vocabulary Open(string name, string description, IEnumerable<string> words) =>
        new(name, description, words, IsOpen: true);

    private static Vocabulary Closed(string name, string description, IEnumerable<string> words) =>
        new(name, description, words, IsOpen: false);
}
