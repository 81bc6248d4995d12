using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Aggregation that counts issues by a field.</summary>
internal static class TallyPipeline
{
    // Other programs store values of any type: $convert reads each, and skips what it can't.
    private static readonly string CreatedAt = Converted("$createdAt", "date");

    private static readonly string ResolvedAt = Converted("$issueResolvedAt", "date");

    /// <summary>Milliseconds from report to resolution, or null.</summary>
    // A clock that was set back may have dated a resolution before its report.
    private static readonly string Took = $$"""
        { "$cond": [{ "$gte": [{{ResolvedAt}}, {{CreatedAt}}] }, { "$subtract": [{{ResolvedAt}}, {{CreatedAt}}] }, null] }
        """;

    /// <summary>UTC day; null outside years 1 to 9999.</summary>
    private static readonly string Day = $$"""
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

    private static readonly string UnitsOfAll = $$"""
        {
          "$sum": {
            "$map": { "input": { "$cond": [{ "$isArray": "$items" }, "$items", []] }, "as": "item", "in": {{Quantity("$$item.qty")}} }
          }
        }
        """;

    private static readonly BsonDocument OncePerSku = BsonDocument.Parse("""
        {
          "$group": {
            "_id": { "issue": "$_id", "values": "$values" },
            "values": { "$first": "$values" },
            "status": { "$first": "$status" },
            "currency": { "$first": "$currency" },
            "amount": { "$first": "$amount" },
            "isFirst": { "$max": "$isFirst" },
            "isFirstTag": { "$first": "$isFirstTag" },
            "took": { "$first": "$took" },
            "units": { "$sum": "$units" }
          }
        }
        """);

    private static readonly BsonDocument Group = BsonDocument.Parse("""
        {
          "$group": {
            "_id": { "values": "$values", "status": "$status", "currency": "$currency" },
            "issues": { "$sum": 1 },
            "issuesOfTotal": { "$sum": { "$cond": ["$isFirst", 1, 0] } },
            "amount": { "$sum": "$amount" },
            "amountOfTotal": { "$sum": { "$cond": ["$isFirst", "$amount", 0] } },
            "units": { "$sum": "$units" },
            "unitsOfTotal": { "$sum": { "$cond": ["$isFirstTag", "$units", 0] } },
            "timed": { "$sum": { "$cond": [{ "$gt": ["$took", null] }, 1, 0] } },
            "took": { "$sum": "$took" }
          }
        }
        """);

    public static PipelineDefinition<BsonDocument, BsonDocument> Of(FilterDefinition<BsonDocument> filter, IReadOnlyList<IssueField> by)
    {
        var match = new EmptyPipelineDefinition<BsonDocument>().Match(filter);
        var values = string.Join(", ", by.Select(ValueOf));
        return Rows(values, by.Contains(IssueField.Sku), by.Contains(IssueField.Tag)).Append(Group).Aggregate(
            (PipelineDefinition<BsonDocument, BsonDocument>)match,
            (stages, stage) => stages.AppendStage<BsonDocument, BsonDocument, BsonDocument>(stage));
    }

    public static IssueTally Read(BsonDocument tally) => new()
    {
        Values = [.. tally[FieldNames.Id]["values"].AsBsonArray.Select(BsonValues.Text)],
        Status = BsonValues.Text(tally[FieldNames.Id].AsBsonDocument.GetValue("status", null)),
        Issues = tally["issues"].ToInt64(),
        IssuesOfTotal = tally["issuesOfTotal"].ToInt64(),
        Units = BsonValues.Number(tally["units"]) ?? 0,
        UnitsOfTotal = BsonValues.Number(tally["unitsOfTotal"]) ?? 0,
        Timed = tally["timed"].ToInt64(),
        MillisecondsToResolve = tally["took"].ToDouble(),
        Currency = BsonValues.Text(tally[FieldNames.Id].AsBsonDocument.GetValue("currency", null)),
        Cost = tally["amount"].ToDecimal(),
        CostOfTotal = tally["amountOfTotal"].ToDecimal(),
    };

    private static string ValueOf(IssueField field) => field == IssueField.Day ? Day : Converted($"${FieldNames.PathOf(field)}", "string");

    private static string Converted(string path, string type) =>
        $$"""{ "$convert": { "input": "{{path}}", "to": "{{type}}", "onError": null, "onNull": null } }""";

    // One row per issue, SKU and tag, as far as they are counted by; the first one counts the issue.
    private static IEnumerable<BsonDocument> Rows(string values, bool bySku, bool byTag)
    {
        if (byTag)
        {
            yield return Unwound("tags", "tagAt");
        }

        if (bySku)
        {
            yield return Unwound("items", "itemAt");
        }

        yield return BsonDocument.Parse($$"""
            {
              "$project": {
                "values": [{{values}}], "status": 1, "took": {{Took}},
                "currency": {{Converted("$cost.currency", "string")}}, "amount": {{Converted("$cost.amount", "decimal")}},
                "isFirstTag": { "$lte": ["$tagAt", 0] },
                "isFirst": { "$and": [{ "$lte": ["$tagAt", 0] }, { "$lte": ["$itemAt", 0] }] },
                "units": {{(bySku ? Quantity("$items.qty") : UnitsOfAll)}}
              }
            }
            """);
        if (bySku)
        {
            yield return OncePerSku;
        }
    }

    private static BsonDocument Unwound(string list, string index) =>
        new("$unwind", new BsonDocument { { "path", $"${list}" }, { "includeArrayIndex", index }, { "preserveNullAndEmptyArrays", true } });

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
