using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

/// <summary>Type that the schema gives to a field's values.</summary>
internal sealed record SchemaType(string Name, params BsonType[] Stored)
{
    /// <summary>Makes a value of this type from one of another; null if it isn't understood.</summary>
    public required Func<BsonValue, BsonValue?> Convert { get; init; }

    /// <summary>Texts that may need a repair; null for none.</summary>
    public BsonRegularExpression? Unclean { get; init; }

    /// <summary>Type of a list's elements; null for other types.</summary>
    public SchemaType? Element { get; init; }

    /// <summary>Fields of an object; none for other types.</summary>
    public IReadOnlyDictionary<string, SchemaType> Fields { get; init; } = new Dictionary<string, SchemaType>();

    public static SchemaType ListOf(SchemaType element) => new("list", BsonType.Array)
    {
        Element = element,
        Convert = value => element.Convert(value) is { } only ? new BsonArray { only } : null,
    };

    /// <summary>Object that one text alone stands for.</summary>
    public static SchemaType Object(string textField, IReadOnlyDictionary<string, SchemaType> fields) => new("object", BsonType.Document)
    {
        Fields = fields,
        Convert = value => fields[textField].Convert(value) is { } text ? new BsonDocument(textField, text) : null,
    };

    /// <summary>Name of a value's type, as people know it.</summary>
    public static string NameOf(BsonValue value) => value.BsonType switch
    {
        BsonType.String => "text",
        BsonType.Int32 => "int",
        BsonType.Int64 => "long",
        BsonType.Decimal128 => "decimal",
        BsonType.Document => "object",
        BsonType.Array => "list",
        BsonType.DateTime => "date",
        var other => other.ToString(),
    };
}
