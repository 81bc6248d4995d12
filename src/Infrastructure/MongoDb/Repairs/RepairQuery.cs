using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb.Repairs;

/// <summary>Filter for documents that may need a repair, made of the schema.</summary>
internal static class RepairQuery
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    // A field without a value needs no repair.
    private static readonly IReadOnlyList<BsonType> Types =
        [.. Enum.GetValues<BsonType>().Except([BsonType.EndOfDocument, BsonType.Null, BsonType.Undefined])];

    public static readonly ProjectionDefinition<BsonDocument> Fields =
        Builders<BsonDocument>.Projection.Combine(IssueSchema.Fields.Keys.Select(name => Builders<BsonDocument>.Projection.Include(name)));

    private static readonly FilterDefinition<BsonDocument> IsMisfit =
        Where.Or(IssueSchema.Fields.SelectMany(field => Misfits(field.Key, field.Value)));

    public static FilterDefinition<BsonDocument> Candidates(IssueTypes types) => types.All.Count == 0
        ? IsMisfit
        : IsMisfit | (IsOf(IssueField.IssueType.Name, [BsonType.String]) & Where.Nin(IssueField.IssueType.Name, types.All));

    /// <summary>Documents that aren't issues.</summary>
    public static FilterDefinition<BsonDocument> HasOtherId => IsOf(FieldNames.Id, Types.Except([BsonType.ObjectId]));

    private static IEnumerable<FilterDefinition<BsonDocument>> Misfits(string path, SchemaType type)
    {
        if (type.Element is not { } element)
        {
            return Misfits(path, type, Types);
        }

        // MongoDB looks at a list by its elements, unless it is asked for lists.
        var isNoList = Where.Nin<BsonValue>(path, [BsonNull.Value, ""]) & Where.Not(IsOf(path, [BsonType.Array]));
        var hasList = Where.ElemMatch<BsonValue>(path, new BsonDocument("$type", (int)BsonType.Array));
        return [isNoList, hasList, .. Misfits(path, element, Types.Except([BsonType.Array]))];
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Misfits(string path, SchemaType type, IEnumerable<BsonType> types) =>
    [
        IsOf(path, types.Except(type.Stored)),
        .. type.Unclean is { } unclean ? [Where.Regex(path, unclean)] : Array.Empty<FilterDefinition<BsonDocument>>(),
        .. type.Fields.SelectMany(field => Misfits($"{path}.{field.Key}", field.Value)),
    ];

    // MinKey is -1 to the server.
    private static FilterDefinition<BsonDocument> IsOf(string path, IEnumerable<BsonType> types) =>
        new BsonDocument(path, new BsonDocument("$type", new BsonArray(types.Select(type => (int)(sbyte)type))));
}
