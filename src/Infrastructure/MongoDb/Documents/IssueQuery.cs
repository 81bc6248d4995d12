using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>MongoDB filters and sorts, safe from injection.</summary>
internal static class IssueQuery
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly SortDefinitionBuilder<BsonDocument> Sort = Builders<BsonDocument>.Sort;

    private static readonly IReadOnlyList<string> SearchedPaths =
        [.. IssueField.All.Where(field => field.IsSearched).Select(FieldNames.PathOf), FieldNames.MessageText];

    /// <summary>Newest dated issue first.</summary>
    public static SortDefinition<BsonDocument> NewestFirst => Order(new(IssueField.CreatedAt, Descending: true), isDated: true);

    public static FilterDefinition<BsonDocument> Filter(IssueFilter filter) =>
        Where.Empty
        & All(filter.Fields.Select(field =>
            Where.In(FieldNames.PathOf(field.Key), field.Value.SelectMany(value => FormsOf(field.Key, value)))))
        & Within(IssueField.CreatedAt, filter.CreatedAt)
        & Within(IssueField.UpdatedAt, filter.UpdatedAt)
        & (filter.Text is { } text ? WithText(text) : Where.Empty);

    /// <summary>Finds a text, also one stored as number.</summary>
    public static FilterDefinition<BsonDocument> Is(IssueField field, string text) => Where.In(field.Name, BsonValues.FormsOf(text));

    public static FilterDefinition<BsonDocument> HasId(EntityId id) => Where.Eq(FieldNames.Id, FieldValues.Write(id));

    /// <summary>Finds issues whose time is a date.</summary>
    public static FilterDefinition<BsonDocument> Dated(IssueField field) => Where.Type(field.Name, BsonType.DateTime);

    public static FilterDefinition<BsonDocument> Undated(IssueField field) => Where.Not(Dated(field));

    /// <summary>Finds dated or undated issues after a position.</summary>
    public static FilterDefinition<BsonDocument> After(IssuePosition? position, IssueSort sort)
    {
        if (position is not { } place)
        {
            return Where.Empty;
        }

        FilterDefinition<BsonDocument> Past(string path, object value) =>
            sort.Descending ? Where.Lt(path, FieldValues.Write(value)) : Where.Gt(path, FieldValues.Write(value));
        var later = Past(FieldNames.Id, place.Id);
        return place.Time is { } time
            ? Past(sort.By.Name, time) | (Where.Eq(sort.By.Name, FieldValues.Write(time)) & later)
            : later;
    }

    public static SortDefinition<BsonDocument> Order(IssueSort sort, bool isDated)
    {
        SortDefinition<BsonDocument> By(string path) => sort.Descending ? Sort.Descending(path) : Sort.Ascending(path);
        return isDated ? Sort.Combine(By(sort.By.Name), By(FieldNames.Id)) : By(FieldNames.Id);
    }

    /// <summary>Lists the forms other programs may have stored.</summary>
    private static IEnumerable<BsonValue> FormsOf(IssueField field, string value) =>
        (field.IsLowerCase ? new[] { value, value.ToLowerInvariant() } : [value]).Distinct().SelectMany(BsonValues.FormsOf);

    private static FilterDefinition<BsonDocument> All(IEnumerable<FilterDefinition<BsonDocument>> filters) =>
        filters.Aggregate(Where.Empty, (all, filter) => all & filter);

    private static FilterDefinition<BsonDocument> WithText(string text)
    {
        var literal = new BsonRegularExpression(Regex.Escape(text), "i");
        return Where.Or(SearchedPaths.Select(path => Where.Regex(path, literal)));
    }

    private static FilterDefinition<BsonDocument> Within(IssueField field, TimeRange range) =>
        (range.From is { } from ? Where.Gte(field.Name, FieldValues.Write(from)) : Where.Empty)
        & (range.To is { } to ? Where.Lt(field.Name, FieldValues.Write(to)) : Where.Empty);
}
