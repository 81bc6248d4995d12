using MongoDB.Bson;
using OrderIssues.Application.Common.Input;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

/// <summary>Types of an issue's fields, as Mongoose's schema has them.</summary>
internal static class IssueSchema
{
    private static readonly SchemaType Text = new("text", BsonType.String)
    {
        Convert = value => BsonValues.Text(value) is { } text ? (BsonValue)text : null,
    };

    private static readonly SchemaType Identifier = Text with
    {
        Unclean = TextPattern.Format,
        Convert = value => BsonValues.Text(value) is { } text && PlainText.RepairIdentifier(text) is { } clean ? (BsonValue)clean : null,
    };

    private static readonly SchemaType Digits = new("digits", BsonType.String)
    {
        Unclean = TextPattern.NoDigits,
        Convert = value => BsonValues.IssueNumber(value) is { } digits ? (BsonValue)digits : null,
    };

    private static readonly SchemaType Date = new("date", BsonType.DateTime)
    {
        Convert = value => BsonValues.Time(value) is { } time ? FieldValues.Write(time) : null,
    };

    private static readonly SchemaType Int = new("int", BsonType.Int32)
    {
        Convert = value => BsonValues.Integer(value) is { } number ? (BsonValue)number : null,
    };

    // Mongoose stores a Number as the int, long or double that it is.
    private static readonly SchemaType Number = Int with { Stored = [BsonType.Int32, BsonType.Int64, BsonType.Double] };

    // Only this service writes it.
    private static readonly SchemaType Cost = new("cost", BsonType.Document) { Convert = _ => null };

    private static readonly SchemaType Item =
        SchemaType.Object("sku", new Dictionary<string, SchemaType> { ["sku"] = Identifier, ["qty"] = Number });

    private static readonly SchemaType Message = SchemaType.Object(
        "message", new Dictionary<string, SchemaType> { ["userName"] = Text, ["message"] = Text, ["created_at"] = Date });

    public static readonly IReadOnlyDictionary<string, SchemaType> Fields = IssueField.All
        .Where(field => field != IssueField.Id && !field.Is(FieldTraits.Derived))
        .ToDictionary(field => field.Name, TypeOf);

    private static SchemaType TypeOf(IssueField field) =>
        field == IssueField.Items ? SchemaType.ListOf(Item)
        : field == IssueField.Discussion ? SchemaType.ListOf(Message)
        : field == IssueField.TrackingNumber ? SchemaType.ListOf(Identifier)
        : field == IssueField.Tags ? SchemaType.ListOf(Text)
        : field == IssueField.Cost ? Cost
        : field == IssueField.Version ? Int
        : field == IssueField.IssueId ? Digits
        : field.MaxLength == 0 ? Date
        : field.Is(FieldTraits.Identifier) ? Identifier
        : Text;
}
