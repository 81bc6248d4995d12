using System.Text.Json.Nodes;
using MongoDB.Bson;
using OrderIssues.Application.Common.Records;

namespace OrderIssues.Infrastructure.MongoDb.Records;

/// <summary>Layout that earlier versions of the service share.</summary>
internal abstract class FieldLayout(string collection, Dictionary<string, BsonType> fields) : RecordLayout(collection)
{
    private const string Attachment = "answer";

    public override BsonValue IdOf(string kind, string key) => key;

    public override string? KeyOf(string id) => id;

    protected override void AddContent(BsonDocument document, StoredRecord record)
    {
        if (record.DueAt is not null)
        {
            throw new ArgumentException($"Records of the kind {record.Kind} can't be due.", nameof(record));
        }

        using var content = JsonDocument.Parse(record.Content);
        foreach (var property in content.RootElement.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
        {
            document.Add(property.Name, ToBson(property.Value, fields[property.Name]));
        }

        document.Add(Attachment, record.Attachment is { } bytes ? new BsonBinaryData(bytes) : BsonNull.Value);
    }

    protected override StoredRecord WithContent(BsonDocument document, StoredRecord record) => record with
    {
        Content = ContentOf(document).ToJsonString(),
        Attachment = document.GetValue(Attachment, null)?.AsByteArray,
    };

    private JsonObject ContentOf(BsonDocument document) =>
        new(fields.Keys.Where(document.Contains).Select(name => KeyValuePair.Create(name, ToJson(document[name]))));

    private static BsonValue ToBson(JsonElement value, BsonType type) => type switch
    {
        BsonType.DateTime => new BsonDateTime(value.GetInt64()),
        BsonType.ObjectId => ObjectId.Parse(value.GetString()),
        _ => value.GetString(),
    };

    private static JsonNode? ToJson(BsonValue value) => value switch
    {
        BsonDateTime time => time.MillisecondsSinceEpoch,
        _ => value.ToString(),
    };
}
