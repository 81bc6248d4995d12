using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Aggregation expressions over an issue, whatever types other programs stored.</summary>
internal static class IssueExpressions
{
    private static readonly BsonDateTime MaxTime = new(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    /// <summary>Number of changes after one more.</summary>
    public static readonly BsonDocument NextVersion = BsonDocument.Parse($$"""
        {
          "$add": [
            { "$toInt": { "$max": [0, { "$min": [{{int.MaxValue - 1}}, {
              "$convert": { "input": "$__v", "to": "double", "onError": 0, "onNull": 0 }
            }] }] } },
            1
          ]
        }
        """);

    /// <summary>Time of the last update: the given one, but later than the stored.</summary>
    public static BsonDocument LaterThanUpdatedAt(BsonValue at) => new("$max", new BsonArray
    {
        at,
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

    /// <summary>List with one more element.</summary>
    public static BsonDocument Appended(string path, BsonValue element) =>
        new("$concatArrays", new BsonArray { ListAt(path), new BsonArray { element } });

    /// <summary>True for an issue of at most so many bytes.</summary>
    public static BsonDocument IsWithin(int bytes) => new("$lte", new BsonArray { new BsonDocument("$bsonSize", "$$ROOT"), bytes });

    /// <summary>True for an issue of fewer messages.</summary>
    public static BsonDocument HasFewerMessages(int count) =>
        new("$lt", new BsonArray { new BsonDocument("$size", ListAt(IssueField.Discussion.Name)), count });

    /// <summary>True for an issue without the message.</summary>
    public static BsonDocument Lacks(EntityId message) => new("$not", new BsonArray
    {
        new BsonDocument("$in", new BsonArray { FieldValues.Write(message), ListAt(FieldNames.MessageId) }),
    });

    /// <summary>True for a date that .NET has, before or up to its last.</summary>
    private static BsonDocument IsTime(string value, string comparison) => new("$and", new BsonArray
    {
        new BsonDocument("$eq", new BsonArray { new BsonDocument("$type", value), "date" }),
        new BsonDocument(comparison, new BsonArray { value, MaxTime }),
    });

    // What stands in the place of a list isn't lost: it becomes the first element.
    private static BsonDocument ListAt(string path) => BsonDocument.Parse($$"""
        {
          "$let": {
            "vars": { "list": { "$ifNull": ["${{path}}", []] } },
            "in": { "$cond": [{ "$isArray": "$$list" }, "$$list", { "$cond": [{ "$eq": ["$$list", ""] }, [], ["$$list"]] }] }
          }
        }
        """);
}
