using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Changes;

/// <summary>Aggregation expressions that erase a customer's data, whatever types other programs stored.</summary>
internal static class ErasedData
{
    private static readonly string Fields = new BsonArray(Erasure.Fields.Select(field => field.Name)).ToJson();

    private static BsonDocument History => IssueExpressions.ListAt(FieldNames.History);

    /// <summary>Fields to remove, also where their values can't be read.</summary>
    public static IEnumerable<string> Removed(Erasure? erasure) =>
        erasure is { IsOfPresent: true }
            ? Erasure.Fields.Where(field => Erasure.ErasedValueOf(field, "") is null).Select(field => field.Name)
            : [];

    /// <summary>Values of the other fields.</summary>
    public static BsonDocument Of(Erasure erasure)
    {
        var values = new BsonDocument();
        if (erasure.IsOfPresent)
        {
            values.Add(IssueField.Notes.Name, BsonDocument.Parse(Marked($"${IssueField.Notes}", "$$REMOVE")));
        }

        return erasure.ErasesTexts ? values.Add(IssueField.Discussion.Name, InDiscussion(erasure.MessageIds)) : values;
    }

    /// <summary>History, for an erasure without past values of a customer's data.</summary>
    public static BsonDocument InHistory(Erasure? erasure) => erasure is not { IsOfPast: true } ? History : BsonDocument.Parse($$"""
        {
          "$map": {
            "input": {{History.ToJson()}},
            "as": "entry",
            "in": {
              "$cond": [
                { "$isArray": "$$entry.changes" },
                {
                  "$mergeObjects": ["$$entry", {
                    "changes": {
                      "$map": {
                        "input": "$$entry.changes",
                        "as": "change",
                        "in": {
                          "$cond": [
                            { "$in": ["$$change.field", {{Fields}}] },
                            {
                              "$mergeObjects": ["$$change", {
                                "from": {{Marked("$$change.from", "$$REMOVE")}},
                                "to": {{Marked("$$change.to", "$$REMOVE")}}
                              }]
                            },
                            "$$change"
                          ]
                        }
                      }
                    }
                  }]
                },
                "$$entry"
              ]
            }
          }
        }
        """);

    /// <summary>Discussion with the mark in the place of texts, also where a message lacks its text.</summary>
    private static BsonDocument InDiscussion(IReadOnlySet<EntityId>? messageIds) => BsonDocument.Parse($$"""
        {
          "$map": {
            "input": {{IssueExpressions.ListAt(IssueField.Discussion.Name).ToJson()}},
            "as": "message",
            "in": {
              "$cond": [
                {{(messageIds is null ? "false" : $$"""{ "$not": [{ "$in": ["$$message._id", {{ListOf(messageIds)}}] }] }""")}},
                "$$message",
                {
                  "$cond": [
                    { "$ne": [{ "$type": "$$message" }, "object"] },
                    {{Marked("$$message", "$$message")}},
                    {
                      "$cond": [
                        { "$or": [{{string.Join(", ", FieldValues.MessageFields.Select(IsThere))}}] },
                        { "$mergeObjects": ["$$message", { "message": "{{Erasure.Mark}}" }] },
                        "$$message"
                      ]
                    }
                  ]
                }
              ]
            }
          }
        }
        """);

    private static string ListOf(IEnumerable<EntityId> ids) => new BsonArray(ids.Select(id => FieldValues.Write(id))).ToJson();

    private static string IsThere(string field) => $$"""{ "$ne": [{ "$type": "$$message.{{field}}" }, "missing"] }""";

    /// <summary>Mark in the place of a value; another value where there is none.</summary>
    private static string Marked(string value, string otherwise) => $$"""
        {
          "$cond": [{ "$in": [{ "$type": "{{value}}" }, ["missing", "null", "undefined"]] }, "{{otherwise}}", "{{Erasure.Mark}}"]
        }
        """;
}
