using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;
using MongoDB.Driver;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>Document with the bytes that it was read from.</summary>
internal sealed record StoredDocument(BsonDocument Document, int Bytes)
{
    /// <summary>Reads documents without the history.</summary>
    public static readonly ProjectionDefinition<BsonDocument, StoredDocument> WithoutHistory = new Projection(new(FieldNames.History, 0));

    /// <summary>Reads documents without history and discussion.</summary>
    public static readonly ProjectionDefinition<BsonDocument, StoredDocument> Head =
        new Projection(new() { { FieldNames.History, 0 }, { IssueField.Discussion.Name, 0 } });

    /// <summary>Reads whole documents.</summary>
    public static readonly ProjectionDefinition<BsonDocument, StoredDocument> Whole = new Projection(null);

    private sealed class Projection(BsonDocument? fields) : ProjectionDefinition<BsonDocument, StoredDocument>
    {
        public override RenderedProjectionDefinition<StoredDocument> Render(RenderArgs<BsonDocument> args) => new(fields, new Serializer());
    }

    private sealed class Serializer : SerializerBase<StoredDocument>
    {
        public override StoredDocument Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
        {
            var stream = ((BsonBinaryReader)context.Reader).BsonStream;
            var start = stream.Position;
            var document = BsonDocumentSerializer.Instance.Deserialize(context);
            return new StoredDocument(document, (int)(stream.Position - start));
        }
    }
}
