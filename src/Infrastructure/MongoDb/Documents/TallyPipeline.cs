using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Aggregation that counts issues by a field.</summary>
internal static class TallyPipeline
{
    // Other programs store values of any type: $convert reads each, and skips what it can't.
    private const string CreatedAt = """{ "$convert": { "input": "$createdAt", "to": "date", "onError": null, "onNull": null } }""";

    private const string ResolvedAt = """{ "$convert": { "input": "$issueResolvedAt", "to": "date", "onError": null, "onNull": null } }""";

    /// <summary>Milliseconds from report to resolution, or null.</summary>
    // A clock that was set back may have dated a resolution before its report.
    private const string Took = $$"""
        { "$cond": [{ "$gte": [{{ResolvedAt}}, {{CreatedAt}}] }, { "$subtract": [{{ResolvedAt}}, {{CreatedAt}}] }, null] }
        """;

    /// <summary>UTC day; null outside years 1 to 9999.</summary>
    private const string Day = $$"""
        {
          "$cond": [
            { "$and": [
              { "$gte": [{{CreatedAt}}, { "$date": "0001-01-01T00:00:00Z" }] },
              { "$lte": [{{CreatedAt}}, { "$date": "9999-12-31T23:59:59.999Z" }] }
            ] },
            { "$dateToString": { "date": {{CreatedAt}}, "format": "%Y-%m-%d" } },
            null
          ]
        }
        """;

    private static readonly BsonDocument Group = BsonDocument.Parse("""
        {
          "$group": {
            "_id": { "value": "$value", "status": "$status" },
            "issues": { "$sum": 1 },
            "issuesOfTotal": { "$sum": { "$cond": [{ "$lte": ["$index", 0] }, 1, 0] } },
            "units": { "$sum": "$units" },
            "timed": { "$sum": { "$cond": [{ "$gt": ["$took", null] }, 1, 0] } },
            "took": { "$sum": "$took" }
          }
        }
        """);

    // One row per issue and SKU; the row with the first line counts the issue.
    private static readonly BsonDocument[] OfEachSku =
    [
        BsonDocument.Parse($$"""{ "$project": { "items": "$items", "status": "$status", "took": {{Took}} } }"""),
        BsonDocument.Parse("""{ "$unwind": { "path": "$items", "includeArrayIndex": "index", "preserveNullAndEmptyArrays": true } }"""),
        BsonDocument.Parse($$"""
            {
              "$group": {
                "_id": {
                  "issue": "$_id",
                  "sku": {
                    "$toLower": {
                      "$trim": { "input": { "$convert": { "input": "$items.sku", "to": "string", "onError": "", "onNull": "" } } }
                    }
                  }
                },
                "value": { "$min": "$items.sku" },
                "status": { "$first": "$status" },
                "index": { "$min": "$index" },
                "took": { "$first": "$took" },
                "units": { "$sum": {{Quantity("$items.qty")}} }
              }
            }
            """),
    ];

    public static PipelineDefinition<BsonDocument, BsonDocument> Of(FilterDefinition<BsonDocument> filter, IssueField by)
    {
        var match = new EmptyPipelineDefinition<BsonDocument>().Match(filter);
        BsonDocument[] rows = by == IssueField.Sku ? OfEachSku : [OfEachIssue(by == IssueField.Day ? Day : $"\"${by}\"")];
        return rows.Append(Group).Aggregate(
            (PipelineDefinition<BsonDocument, BsonDocument>)match,
            (stages, stage) => stages.AppendStage<BsonDocument, BsonDocument, BsonDocument>(stage));
    }

    public static IssueTally Read(BsonDocument tally) => new()
    {
        Value = BsonValues.Text(tally[FieldNames.Id].AsBsonDocument.GetValue("value", null)),
        Status = BsonValues.Text(tally[FieldNames.Id].AsBsonDocument.GetValue("status", null)),
        Issues = tally["issues"].ToInt64(),
        IssuesOfTotal = tally["issuesOfTotal"].ToInt64(),
        Units = BsonValues.Number(tally["units"]) ?? 0,
        Timed = tally["timed"].ToInt64(),
        MillisecondsToResolve = tally["took"].ToDouble(),
    };

    private static BsonDocument OfEachIssue(string value) => BsonDocument.Parse($$"""
        {
          "$project": {
            "value": {{value}},
            "status": "$status",
            "took": {{Took}},
            "units": {
              "$sum": {
                "$map": { "input": { "$cond": [{ "$isArray": "$items" }, "$items", []] }, "as": "item", "in": {{Quantity("$$item.qty")}} }
              }
            }
          }
        }
        """);

    /// <summary>Reads a quantity; 0 for infinity and non-numbers.</summary>
    private static string Quantity(string path) => $$"""
        {
          "$convert": {
            "input": { "$convert": { "input": "{{path}}", "to": "double", "onError": 0, "onNull": 0 } },
            "to": "long", "onError": 0, "onNull": 0
          }
        }
        """;
}
