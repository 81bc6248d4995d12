using MongoDB.Bson;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Records;

/// <summary>Layout of kinds without one of their own.</summary>
internal sealed class CommonLayout() : RecordLayout("records")
{
    public const string DueAt = "dueAt";
    public const string IdKind = $"{FieldNames.Id}.{Kind}";
    private const string Kind = "kind";
    private const string Key = "key";
    private const string Content = "content";
    private const string Attachment = "attachment";

    public override BsonValue IdOf(string kind, string key) => IdOf(kind, (BsonValue)key);

    public override string? KeyOf(string id) => null;

    public static BsonDocument IdOf(string kind, BsonValue key) => new() { { Kind, kind }, { Key, key } };

    /// <summary>False for a document of another program.</summary>
    public static bool IsRecord(BsonDocument document) =>
        document[FieldNames.Id] is BsonDocument id && id.GetValue(Kind, null) is BsonString && id.GetValue(Key, null) is BsonString
        && document.GetValue(Content, null) is BsonString;

    public StoredRecord ToRecord(BsonDocument document) =>
        ToRecord(document, document[FieldNames.Id][Kind].AsString, document[FieldNames.Id][Key].AsString);

    protected override void AddContent(BsonDocument document, StoredRecord record) => document
        .Add(Content, record.Content)
        .Add(Attachment, record.Attachment is { } bytes ? new BsonBinaryData(bytes) : BsonNull.Value)
        .Add(DueAt, FieldValues.Write(record.DueAt));

    protected override StoredRecord WithContent(BsonDocument document, StoredRecord record) => record with
    {
        Content = document[Content].AsString,
        Attachment = document.GetValue(Attachment, null)?.AsByteArray,
        DueAt = BsonValues.Time(document.GetValue(DueAt, null)),
    };
}
