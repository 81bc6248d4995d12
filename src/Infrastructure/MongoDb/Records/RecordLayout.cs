using MongoDB.Bson;
using MongoDB.Bson.IO;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Records;

/// <summary>Shape of the documents of a kind.</summary>
internal abstract class RecordLayout(string collection)
{
    public const string ExpiresAt = "expiresAt";
    protected const string Version = "version";

    private static readonly JsonWriterSettings Lossless = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };

    public string Collection => collection;

    /// <summary>Fields that together identify a version.</summary>
    protected virtual string[] VersionFields => [Version];

    public abstract BsonValue IdOf(string kind, string key);

    /// <summary>Key of a document with this id; null where it is of another kind.</summary>
    public abstract string? KeyOf(string id);

    /// <summary>Makes the document with the next version.</summary>
    public BsonDocument ToDocument(StoredRecord record)
    {
        var document = new BsonDocument(FieldNames.Id, IdOf(record.Kind, record.Key));
        AddContent(document, record);
        document.AddRange(NextVersion(record.Version is null ? null : WithVersion(record.Version)));
        return document.Add(ExpiresAt, FieldValues.Write(record.ExpiresAt)).WithoutNulls();
    }

    public StoredRecord ToRecord(BsonDocument document, string kind, string key) => WithContent(document, new StoredRecord
    {
        Kind = kind,
        Key = key,
        Version = VersionOf(document),
        Content = "",
        ExpiresAt = BsonValues.Time(document.GetValue(ExpiresAt, null)),
    });

    /// <summary>Version, also of documents without a version field.</summary>
    public string VersionOf(BsonDocument document) =>
        new BsonDocument(VersionFields.Select(name => new BsonElement(name, document.GetValue(name, BsonNull.Value)))).ToJson(Lossless);

    /// <summary>Filter by version; null matches missing fields.</summary>
    public static BsonDocument WithVersion(string version) => BsonDocument.Parse(version);

    protected virtual BsonDocument NextVersion(BsonDocument? current) => new(Version, ObjectId.GenerateNewId());

    protected abstract void AddContent(BsonDocument document, StoredRecord record);

    protected abstract StoredRecord WithContent(BsonDocument document, StoredRecord record);
}
