using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Counts the issues by a field, in one aggregation. Values may have any type, since other programs stored them.</summary>
internal static class TallyPipeline
{
    private static readonly BsonDocument CreatedAt = Convert($"${Fields.CreatedAt}", "date");

    public static BsonDocument[] Of(BsonDocument filter, GroupField by) =>
    [
        new("$match", filter),
        .. by == GroupField.Sku ? OfEachSku() : [OfEachIssue(ValueOf(by))],
        new("$group", new BsonDocument
        {
            { Fields.Id, new BsonDocument { { "value", "$value" }, { "status", "$status" } } },
            { "issues", Sum(1) },
            { "issuesOfTotal", Sum(If(new("$lte", new BsonArray { "$index", 0 }))) },
            { "units", Sum("$units") },
            { "timed", Sum(If(new("$gt", new BsonArray { "$took", BsonNull.Value }))) },
            { "took", Sum("$took") },
        }),
    ];

    public static IssueTally Read(BsonDocument tally) => new()
    {
        Value = BsonValues.Text(tally[Fields.Id].AsBsonDocument.GetValue("value", null)),
        Status = BsonValues.Text(tally[Fields.Id].AsBsonDocument.GetValue("status", null)),
        Issues = tally["issues"].ToInt64(),
        IssuesOfTotal = tally["issuesOfTotal"].ToInt64(),
        Units = BsonValues.Number(tally["units"]) ?? 0,
        Timed = tally["timed"].ToInt64(),
        MillisecondsToResolve = tally["took"].ToDouble(),
    };

    private static BsonDocument OfEachIssue(BsonValue value) => new("$project", new BsonDocument
    {
        { "value", value },
        { "status", $"${IssueFields.Status}" },
        { "took", Took() },
        { "units", Sum(new BsonDocument("$map", new BsonDocument
        {
            { "input", new BsonDocument("$cond", new BsonArray { new BsonDocument("$isArray", $"${IssueFields.Items}"), $"${IssueFields.Items}", new BsonArray() }) },
            { "as", "item" },
            { "in", Quantity("$$item.qty") },
        })) },
    });

    /// <summary>The lines of an issue that have the same SKU are one; that with its first line counts the issue.</summary>
    private static BsonDocument[] OfEachSku() =>
    [
        new("$project", new BsonDocument { { "items", $"${IssueFields.Items}" }, { "status", $"${IssueFields.Status}" }, { "took", Took() } }),
        new("$unwind", new BsonDocument { { "path", "$items" }, { "includeArrayIndex", "index" }, { "preserveNullAndEmptyArrays", true } }),
        new("$group", new BsonDocument
        {
            {
                Fields.Id, new BsonDocument
                {
                    { "issue", $"${Fields.Id}" },
                    { "sku", new BsonDocument("$toLower", new BsonDocument("$trim", new BsonDocument("input", Convert($"${Fields.Sku}", "string", "")))) },
                }
            },
            { "value", new BsonDocument("$min", $"${Fields.Sku}") },
            { "status", new BsonDocument("$first", "$status") },
            { "index", new BsonDocument("$min", "$index") },
            { "took", new BsonDocument("$first", "$took") },
            { "units", Sum(Quantity("$items.qty")) },
        }),
    ];

    private static BsonValue ValueOf(GroupField field) => field switch
    {
        GroupField.Status => $"${IssueFields.Status}",
        GroupField.Channel => $"${Fields.Channel}",
        GroupField.Source => $"${Fields.Source}",
        GroupField.IssueType => $"${IssueFields.IssueType}",
        GroupField.Picker => $"${IssueFields.Picker}",
        GroupField.Packer => $"${IssueFields.Packer}",
        GroupField.Palletter => $"${IssueFields.Palletter}",
        GroupField.Day => new BsonDocument("$cond", new BsonArray
        {
            new BsonDocument("$and", new BsonArray
            {
                new BsonDocument("$gte", new BsonArray { CreatedAt, new BsonDateTime(DateTime.MinValue) }),
                new BsonDocument("$lte", new BsonArray { CreatedAt, new BsonDateTime(DateTime.MaxValue) }),
            }),
            new BsonDocument("$dateToString", new BsonDocument { { "date", CreatedAt }, { "format", "%Y-%m-%d" } }),
            BsonNull.Value,
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    /// <summary>Milliseconds; null where one of the times is missing.</summary>
    private static BsonDocument Took() => new("$subtract", new BsonArray { Convert($"${IssueFields.IssueResolvedAt}", "date"), CreatedAt });

    /// <summary>Not a number, infinity and the like are none.</summary>
    private static BsonDocument Quantity(string path) => Convert(Convert(path, "double", 0), "long", 0);

    private static BsonDocument Convert(BsonValue value, string type, BsonValue? otherwise = null) => new("$convert", new BsonDocument
    {
        { "input", value }, { "to", type }, { "onError", otherwise ?? BsonNull.Value }, { "onNull", otherwise ?? BsonNull.Value },
    });

    private static BsonDocument Sum(BsonValue value) => new("$sum", value);

    private static BsonDocument If(BsonDocument condition) => new("$cond", new BsonArray { condition, 1, 0 });
}
