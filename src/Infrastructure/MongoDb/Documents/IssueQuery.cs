using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>MongoDB filters and sorts, safe from injection.</summary>
internal static class IssueQuery
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;
    private static readonly SortDefinitionBuilder<BsonDocument> Sort = Builders<BsonDocument>.Sort;

    private static readonly BsonValue MinDate = FieldValues.Write(DateTimeOffset.MinValue);
    private static readonly BsonValue MaxDate = FieldValues.Write(DateTimeOffset.MaxValue);

    /// <summary>Leaves out documents that aren't issues.</summary>
    public static readonly FilterDefinition<BsonDocument> IsIssue = Where.Type(FieldNames.Id, BsonType.ObjectId);

    /// <summary>Leaves out merged issues.</summary>
    public static readonly FilterDefinition<BsonDocument> IsNotMerged = Where.Eq(IssueField.MergedInto.Name, BsonNull.Value);

    private static readonly IReadOnlyList<string> SearchedPaths =
        [.. IssueField.All.Where(field => field.Is(FieldTraits.Searched)).Select(FieldNames.PathOf), FieldNames.MessageText];

    /// <summary>Newest dated issue first.</summary>
    public static SortDefinition<BsonDocument> NewestFirst => Order(new(IssueField.CreatedAt, Descending: true), isDated: true);

    public static FilterDefinition<BsonDocument> Filter(IssueFilter filter) =>
        All(filter.Fields.Select(field => AnyOf(field.Key, field.Value, filter.TypeKeys)))
        & All(filter.Times.Select(time => Within(time.Key, time.Value)))
        & (filter.IsResolved is { } isResolved ? Resolved(isResolved, filter.ResolvedStatuses) : Where.Empty)
        & (filter.IsOverdue is { } isOverdue ? Overdue(isOverdue, filter) : Where.Empty)
        & (filter.OlderThanHours is { } hours
            ? Where.Lt(IssueField.CreatedAt.Name, FieldValues.Write(filter.Now.AddHours(-hours))) & IsOpen(filter)
            : Where.Empty)
        & (filter.Text is { } text ? WithText(text) : Where.Empty);

    /// <summary>Finds a text, also one stored as number.</summary>
    public static FilterDefinition<BsonDocument> Is(IssueField field, string text) => Where.In(field.Name, BsonValues.FormsOf(text));

    public static FilterDefinition<BsonDocument> HasId(EntityId id) => Where.Eq(FieldNames.Id, FieldValues.Write(id));

    /// <summary>Finds the issues of an order, but none whose order is a list with this one in it.</summary>
    public static FilterDefinition<BsonDocument> OfOrder(string orderId) =>
        Is(IssueField.OrderId, orderId) & Where.Not(Where.Type(IssueField.OrderId.Name, BsonType.Array));

    /// <summary>Finds the order's issue of that number; without one, all that aren't merged.</summary>
    public static FilterDefinition<BsonDocument> OfOrder(string orderId, string? issueId) =>
        issueId is null ? OfOrder(orderId) & IsNotMerged : Is(IssueField.IssueId, issueId) & OfOrder(orderId);

    /// <summary>Finds the issue that has the message or history entry.</summary>
    public static FilterDefinition<BsonDocument> HasChange(EntityId id) =>
        Where.Eq(FieldNames.MessageId, FieldValues.Write(id)) | Where.Eq(FieldNames.EntryId, FieldValues.Write(id));

    /// <summary>Finds issues whose time can be read as a date.</summary>
    // MongoDB looks at a list by its elements.
    public static FilterDefinition<BsonDocument> Dated(IssueField field) =>
        Where.Gte(field.Name, MinDate) & Where.Lte(field.Name, MaxDate) & Where.Not(Where.Type(field.Name, BsonType.Array));

    public static FilterDefinition<BsonDocument> Undated(IssueField field) => Where.Not(Dated(field));

    /// <summary>Finds dated or undated issues, by the index, but for those with a list of dates.</summary>
    // No index helps to find what isn't of a type. Before the first date and after the last one are ranges.
    public static FilterDefinition<BsonDocument> PartOf(IssueField field, bool isDated) =>
        isDated
            ? IsIssue & Dated(field)
            : IsIssue & (Where.Not(Where.Gte(field.Name, MinDate)) | Where.Gt(field.Name, MaxDate));

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
        if (place.Time is not { } time)
        {
            return later;
        }

        // MongoDB starts in the index where a bound outside the alternatives says.
        var at = FieldValues.Write(time);
        var from = sort.Descending ? Where.Lte(sort.By.Name, at) : Where.Gte(sort.By.Name, at);
        return from & (Past(sort.By.Name, time) | (Where.Eq(sort.By.Name, at) & later));
    }

    public static SortDefinition<BsonDocument> Order(IssueSort sort, bool isDated)
    {
        SortDefinition<BsonDocument> By(string path) => sort.Descending ? Sort.Descending(path) : Sort.Ascending(path);
        return isDated ? Sort.Combine(By(sort.By.Name), By(FieldNames.Id)) : By(FieldNames.Id);
    }

    private static FilterDefinition<BsonDocument> AnyOf(IssueField field, IReadOnlyList<string?> accepted, IReadOnlyList<string> typeKeys)
    {
        var meant = field == IssueField.IssueType ? typeKeys.Select(TextPattern.WithKey) : [];
        var any = Where.In(FieldNames.PathOf(field), [.. accepted.OfType<string>().SelectMany(value => FormsOf(field, value)), .. meant]);
        return accepted.Contains(null) ? any | NoneOf(field) : any;
    }

    /// <summary>Lists the forms other programs may have stored.</summary>
    private static IEnumerable<BsonValue> FormsOf(IssueField field, string value) =>
    [
        .. BsonValues.FormsOf(value),
        .. field.Is(FieldTraits.LowerCase) ? [value.ToLowerInvariant()] : Array.Empty<BsonValue>(),
        .. field.Is(FieldTraits.IgnoresCase) ? [TextPattern.Whole(value)] : Array.Empty<BsonValue>(),
    ];

    private static FilterDefinition<BsonDocument> NoneOf(IssueField field) =>
        field == IssueField.Sku
            ? Where.In<BsonValue>(IssueField.Items.Name, [BsonNull.Value, new BsonArray()])
                | Where.ElemMatch<BsonDocument>(IssueField.Items.Name, BsonDocument.Parse("""{ "sku": { "$in": [null, ""] } }"""))
            : Where.In<BsonValue>(FieldNames.PathOf(field), [BsonNull.Value, new BsonArray(), TextPattern.Blank]);

    private static FilterDefinition<BsonDocument> Resolved(bool isResolved, IEnumerable<string> statuses)
    {
        var forms = statuses.Select(TextPattern.Whole);
        return isResolved ? Where.In(IssueField.Status.Name, forms) : Where.Nin(IssueField.Status.Name, forms);
    }

    private static FilterDefinition<BsonDocument> Overdue(bool isOverdue, IssueFilter filter)
    {
        var isPast = Where.Lt(IssueField.DueAt.Name, FieldValues.Write(filter.Now));
        return isOverdue
            ? isPast & IsOpen(filter)
            : Where.Not(isPast) | Where.Not(IsNotMerged) | Resolved(true, filter.ResolvedStatuses);
    }

    private static FilterDefinition<BsonDocument> IsOpen(IssueFilter filter) => IsNotMerged & Resolved(false, filter.ResolvedStatuses);

    private static FilterDefinition<BsonDocument> All(IEnumerable<FilterDefinition<BsonDocument>> filters) =>
        filters.Aggregate(Where.Empty, (all, filter) => all & filter);

    private static FilterDefinition<BsonDocument> WithText(string text) =>
        Where.Or(SearchedPaths.Select(path => Where.Regex(path, TextPattern.Anywhere(text))));

    private static FilterDefinition<BsonDocument> Within(IssueField field, TimeRange range) =>
        (range.From is { } from ? Where.Gte(field.Name, FieldValues.Write(from)) : Where.Empty)
        & (range.To is { } to ? Where.Lt(field.Name, FieldValues.Write(to)) : Where.Empty);
}
