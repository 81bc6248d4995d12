using System.Text.RegularExpressions;
using MongoDB.Bson;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Infrastructure.MongoDb.Documents;

/// <summary>What a list asks for, as filters. What callers said is in them as values only.</summary>
internal static class IssueQuery
{
    private static readonly BsonDocument IsDate = new("$type", "date");
    private static readonly string[] SearchedFields =
    [
        Fields.IssueId, Fields.OrderId, IssueFields.TicketId, IssueFields.CustomerName, IssueFields.CustomerEmail, IssueFields.TrackingNumber, Fields.Sku, IssueFields.Notes,
        "discussion.message",
    ];

    public static BsonDocument Filter(IssueFilter filter) => And(
    [
        .. filter.Fields.Select(field => new BsonDocument(
            PathOf(field.Field), new BsonDocument("$in", new BsonArray(field.Values.SelectMany(BsonValues.FormsOf))))),
        Filter(Fields.CreatedAt, filter.CreatedAt),
        Filter(IssueFields.UpdatedAt, filter.UpdatedAt),
        filter.Text is { } text ? InText(text) : [],
    ]);

    /// <summary>Those of that ticket (<see cref="IssueDetails.IsOfTicket"/>), whatever case of letters another program stored its system in.</summary>
    public static BsonDocument OfTicket(string system, string ticketId) => new()
    {
        { IssueFields.TicketId, BsonValues.Matching(ticketId) },
        {
            "$or", new BsonArray
            {
                new BsonDocument(Fields.Source, IsOf(system)),
                new BsonDocument
                {
                    { Fields.Channel, new BsonRegularExpression($"^{system}$", "i") },
                    { Fields.Source, new BsonDocument("$not", IsOf([.. Channels.All.Where(Channels.HasTickets)])) },
                },
            }
        },
    };

    /// <summary>Those that have the time that counts, as a date; those that don't can only be sorted by their ids.</summary>
    public static BsonDocument Dated(IssueSort sort) => new(PathOf(sort.By), IsDate);

    public static BsonDocument Undated(IssueSort sort) => new(PathOf(sort.By), new BsonDocument("$not", IsDate));

    /// <summary>Those after the position, among those that have the time or among those that don't.</summary>
    public static BsonDocument After(IssuePosition? position, IssueSort sort)
    {
        if (position is not { } place)
        {
            return [];
        }

        var beyond = sort.Descending ? "$lt" : "$gt";
        var later = new BsonDocument(Fields.Id, new BsonDocument(beyond, BsonValues.Stored(place.Id)));
        return place.Time is not { } time ? later : new BsonDocument("$or", new BsonArray
        {
            new BsonDocument(PathOf(sort.By), new BsonDocument(beyond, BsonValues.Stored(time))),
            new BsonDocument(PathOf(sort.By), BsonValues.Stored(time)).Merge(later),
        });
    }

    public static BsonDocument Order(IssueSort sort, bool isDated)
    {
        var direction = sort.Descending ? -1 : 1;
        return isDated ? new() { { PathOf(sort.By), direction }, { Fields.Id, direction } } : new(Fields.Id, direction);
    }

    public static BsonDocument And(params IEnumerable<BsonDocument> filters) =>
        filters.Where(filter => filter.ElementCount > 0).ToList() is { Count: > 0 } parts ? new BsonDocument("$and", new BsonArray(parts)) : [];

    /// <summary>What finds sources that belong to one of these channels (<see cref="Channels.Of"/>).</summary>
    private static BsonRegularExpression IsOf(params string[] channels) => new($"^({string.Join('|', channels)})($|-.)", "i");

    private static BsonDocument InText(string text)
    {
        var literally = new BsonRegularExpression(Regex.Escape(text), "i");
        return new("$or", new BsonArray(SearchedFields.Select(field => new BsonDocument(field, literally))));
    }

    private static BsonDocument Filter(string path, TimeRange range)
    {
        var bounds = new BsonDocument();
        if (range.From is { } from)
        {
            bounds.Add("$gte", BsonValues.Stored(from));
        }

        if (range.To is { } to)
        {
            bounds.Add("$lt", BsonValues.Stored(to));
        }

        return bounds.ElementCount == 0 ? bounds : new BsonDocument(path, bounds);
    }

    private static string PathOf(SortField field) => field == SortField.CreatedAt ? Fields.CreatedAt : IssueFields.UpdatedAt;

    private static string PathOf(FilterField field) => field switch
    {
        FilterField.OrderId => Fields.OrderId,
        FilterField.IssueId => Fields.IssueId,
        FilterField.TicketId => IssueFields.TicketId,
        FilterField.Status => IssueFields.Status,
        FilterField.Channel => Fields.Channel,
        FilterField.Source => Fields.Source,
        FilterField.IssueType => IssueFields.IssueType,
        FilterField.Sku => Fields.Sku,
        FilterField.TrackingNumber => IssueFields.TrackingNumber,
        FilterField.Picker => IssueFields.Picker,
        FilterField.Packer => IssueFields.Packer,
        FilterField.Palletter => IssueFields.Palletter,
        FilterField.CustomerEmail => IssueFields.CustomerEmail,
        FilterField.CreatedBy => Fields.CreatedBy,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
