using MongoDB.Bson;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

/// <summary>Repair of a document: the changes into the schema's types, and the condition for them.</summary>
internal sealed class DocumentRepair
{
    private readonly BsonDocument changes = [];
    private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);
    private readonly SortedSet<string> notUnderstood = new(StringComparer.Ordinal);

    /// <param name="document">Document.</param>
    /// <param name="types">Types, whose other spellings are replaced.</param>
    public DocumentRepair(BsonDocument document, IssueTypes types)
    {
        Condition = new BsonDocument(FieldNames.Id, document[FieldNames.Id]);
        if (!document[FieldNames.Id].IsObjectId)
        {
            notUnderstood.Add($"{FieldNames.Id}: {SchemaType.NameOf(document[FieldNames.Id])}");
            return;
        }

        foreach (var (name, type) in IssueSchema.Fields)
        {
            Repaired(document.GetValue(name, BsonNull.Value), name, name, type);
        }

        RepairType(document.GetValue(IssueField.IssueType.Name, BsonNull.Value), types);
    }

    /// <summary>Filter for the document while it has the values that are replaced.</summary>
    public BsonDocument Condition { get; }

    public BsonDocument Update => new("$set", changes);

    public RepairedIssue Result => new(Condition[FieldNames.Id].ToString()!) { Changes = [.. kinds], NotUnderstood = [.. notUnderstood] };

    /// <summary>Text that replaces the issue's number; null for none.</summary>
    public BsonValue? IssueId => changes.GetValue(IssueField.IssueId.Name, null);

    private void RepairType(BsonValue stored, IssueTypes types)
    {
        var name = IssueField.IssueType.Name;
        if (changes.GetValue(name, stored) is BsonString text && types.Meant(text.Value) is { } type && type != text.Value)
        {
            kinds.Add(RepairedIssue.SpellingOfType);
            Replace(stored, name, type);
        }
    }

    /// <summary>Repairs a value; null if it isn't understood.</summary>
    /// <param name="value">Value as it is stored.</param>
    /// <param name="name">Name of the field, without places in lists.</param>
    /// <param name="path">Path in the document; null within a value that is replaced as a whole.</param>
    /// <param name="type">Type that the schema gives it.</param>
    private BsonValue? Repaired(BsonValue value, string name, string? path, SchemaType type)
    {
        if (BsonValues.IsNone(value))
        {
            return value;
        }

        if (type.Element is { } element)
        {
            return value is BsonArray list
                ? new BsonArray(list.Select((one, i) => Repaired(one, name, $"{path}.{i}", element) ?? one))
                : Repaired(value, name, null, element) is { } only ? Replaced(value, name, path, type, new BsonArray { only }) : null;
        }

        if (value is BsonDocument document && type.Fields.Keys.Any(document.Contains))
        {
            return new BsonDocument(document.Select(field => new BsonElement(
                field.Name,
                type.Fields.TryGetValue(field.Name, out var fieldType)
                    ? Repaired(field.Value, $"{name}.{field.Name}", path is null ? null : $"{path}.{field.Name}", fieldType) ?? field.Value
                    : field.Value)));
        }

        // An object that stands in the place of a list is understood by its fields.
        if (type.Unclean is null && type.Stored.Contains(value.BsonType) && (path is not null || type.Fields.Count == 0))
        {
            return value;
        }

        if (type.Convert(value) is not { } converted)
        {
            notUnderstood.Add($"{name}: {SchemaType.NameOf(value)}");
            return null;
        }

        return converted.Equals(value) ? value : Replaced(value, name, path, type, converted);
    }

    private BsonValue Replaced(BsonValue value, string name, string? path, SchemaType type, BsonValue by)
    {
        kinds.Add(value.IsString && type.Unclean == TextPattern.Format
            ? RepairedIssue.FormatCharactersIn(name)
            : $"{name}: {SchemaType.NameOf(value)} to {type.Name}");
        if (path is not null)
        {
            Replace(value, path, by);
        }

        return by;
    }

    private void Replace(BsonValue value, string path, BsonValue by)
    {
        // A list would match by one of its elements.
        Condition[path] = new BsonDocument { { "$eq", value }, { "$not", new BsonDocument("$type", (int)BsonType.Array) } };
        changes[path] = by;
    }
}
