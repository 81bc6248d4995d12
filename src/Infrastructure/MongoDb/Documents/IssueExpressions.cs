using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Aggregation expressions over an issue, whatever types other programs stored.</summary>
internal static class IssueExpressions
{
    private static readonly BsonDateTime MaxTime = new(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    /// <summary>Number of changes after one more.</summary>
    // Dates and truth values convert, too, but count for none.
    public static readonly BsonDocument NextVersion = BsonDocument.Parse($$"""
        {
          "$let": {
            "vars": {
              "version": {
                "$cond": [
                  { "$in": [{ "$type": "$__v" }, ["int", "long", "double", "decimal", "string"]] },
                  { "$convert": { "input": "$__v", "to": "double", "onError": 0, "onNull": 0 } },
                  0
                ]
              }
            },
            "in": {
              "$cond": [
                { "$and": [{ "$gte": ["$$version", 0] }, { "$lt": ["$$version", {{long.MaxValue}}] }] },
                { "$add": [{ "$toInt": { "$min": ["$$version", {{int.MaxValue - 1}}] } }, 1] },
                1
              ]
            }
          }
        }
        """);

    /// <summary>True for an issue whose time of update is a date or none, so that a later one can be told.</summary>
    public static readonly BsonDocument HasUsualTime = BsonDocument.Parse("""
        { "$in": [{ "$type": "$updatedAt" }, ["date", "missing", "null", "undefined"]] }
        """);

    /// <summary>Time of the last update: that of the change, or as decided, but later than the stored.</summary>
    public static BsonDocument LaterThanUpdatedAt(BsonValue at, BsonValue decided) => new("$max", new BsonArray
    {
        at,
        decided,
        new BsonDocument("$cond", new BsonArray
        {
            IsTime("$updatedAt", "$lt"), BsonDocument.Parse("""{ "$add": ["$updatedAt", 1] }"""), BsonNull.Value,
        }),
    });

    /// <summary>Time of a change: the given one, but not before what happened to the issue already.</summary>
    public static BsonDocument NotBeforePast(BsonValue at) => new("$max", new BsonDocument("$filter", new BsonDocument
    {
        {
            "input", new BsonArray
            {
                at, "$createdAt", "$updatedAt", "$issueResolvedAt",
                new BsonDocument("$max", "$discussion.created_at"), new BsonDocument("$max", "$_history.at"),
            }
        },
        { "as", "time" },
        { "cond", IsTime("$$time", "$lte") },
    }));

    /// <summary>Place of the first history entry that isn't published, once one more is appended.</summary>
    public static BsonDocument FirstUnpublished => new("$ifNull", new BsonArray
    {
        $"${FieldNames.Unpublished}", new BsonDocument("$size", ListAt(FieldNames.History)),
    });

    /// <summary>List with more elements.</summary>
    public static BsonDocument Appended(BsonDocument list, IEnumerable<BsonValue> elements) =>
        new("$concatArrays", new BsonArray { list, new BsonArray(elements) });

    /// <summary>True for an issue of at most so many bytes.</summary>
    public static BsonDocument IsWithin(int bytes) => new("$lte", new BsonArray { new BsonDocument("$bsonSize", "$$ROOT"), bytes });

    /// <summary>True for an issue of fewer messages.</summary>
    public static BsonDocument HasFewerMessages(int count) =>
        new("$lt", new BsonArray { new BsonDocument("$size", ListAt(IssueField.Discussion.Name)), count });

    /// <summary>True for an issue with no such element at the path.</summary>
    public static BsonDocument Lacks(string path, EntityId id) => new("$not", new BsonArray
    {
        new BsonDocument("$in", new BsonArray { FieldValues.Write(id), ListAt(path) }),
    });

    /// <summary>List at a path; what stands in its place becomes the first element.</summary>
    public static BsonDocument ListAt(string path) => BsonDocument.Parse($$"""
        {
          "$let": {
            "vars": { "list": { "$ifNull": ["${{path}}", []] } },
            "in": { "$cond": [{ "$isArray": "$$list" }, "$$list", { "$cond": [{ "$eq": ["$$list", ""] }, [], ["$$list"]] }] }
          }
        }
        """);

    /// <summary>True for a date that .NET has, before or up to its last.</summary>
    private static BsonDocument IsTime(string value, string comparison) => new("$and", new BsonArray
    {
        new BsonDocument("$eq", new BsonArray { new BsonDocument("$type", value), "date" }),
        new BsonDocument(comparison, new BsonArray { value, MaxTime }),
    });
}
