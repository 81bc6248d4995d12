using static OrderIssues.Domain.Issues.FieldTraits;

namespace OrderIssues.Domain.Issues;

/// <summary>Field of an issue, as stores and callers name it.</summary>
/// <remarks>
/// A new field starts here. It also needs its column (SQLite), its BSON form (MongoDB), its wire properties and their documentation.
/// </remarks>
public sealed class IssueField
{
    private const FieldTraits Person = Filterable | Groupable | IgnoresCase;

    private static readonly List<IssueField> Defined = [];

    public static readonly IssueField Id = new("_id", issue => issue.Id);

    public static readonly IssueField IssueId =
        new("issueId", issue => issue.IssueId, Filterable | Searched | Required, FieldLimits.IssueId);

    public static readonly IssueField OrderId =
        new("OrderId", issue => issue.OrderId, Filterable | Searched | Required | Identifier, FieldLimits.OrderId);

    public static readonly IssueField TicketId =
        new("ticketId", issue => issue.TicketId, Filterable | Searched | Identifier, FieldLimits.TicketId);

    public static readonly IssueField Channel =
        new("channel", issue => issue.Channel, Filterable | Groupable | LowerCase, FieldLimits.Source);

    public static readonly IssueField Source =
        new("source", issue => issue.Source, Filterable | Groupable | LowerCase, FieldLimits.Source);

    public static readonly IssueField Items = new("items", issue => issue.Items);

    /// <summary>SKUs of all items.</summary>
    public static readonly IssueField Sku = new(
        "sku",
        issue => issue.Items.Select(item => item.Sku).ToList(),
        Filterable | Groupable | Searched | Identifier | Derived,
        FieldLimits.Sku);

    public static readonly IssueField TrackingNumber =
        new("trackingNumber", issue => issue.TrackingNumber, Filterable | Searched | Identifier, FieldLimits.TrackingNumber);

    public static readonly IssueField Picker = new("picker", issue => issue.Picker, Person, FieldLimits.PersonName);
    public static readonly IssueField Packer = new("packer", issue => issue.Packer, Person, FieldLimits.PersonName);
    public static readonly IssueField Palletter = new("palletter", issue => issue.Palletter, Person, FieldLimits.PersonName);

    public static readonly IssueField CustomerName =
        new("customerName", issue => issue.CustomerName, Searched | Personal, FieldLimits.PersonName);

    public static readonly IssueField CustomerEmail = new(
        "customerEmail",
        issue => issue.CustomerEmail,
        Filterable | Searched | Identifier | IgnoresCase | Personal,
        FieldLimits.Email);

    public static readonly IssueField IssueType =
        new("issueType", issue => issue.IssueType, Filterable | Groupable | IgnoresCase, FieldLimits.IssueType);

    public static readonly IssueField Status =
        new("status", issue => issue.Status, Filterable | Groupable | LowerCase, FieldLimits.Status);

    public static readonly IssueField CustomerReachedAt = new("customerReachedAt", issue => issue.CustomerReachedAt);
    public static readonly IssueField ShippedAt = new("shipped_at", issue => issue.ShippedAt);
    public static readonly IssueField Notes = new("notes", issue => issue.Notes, Searched | Personal, FieldLimits.Notes);
    public static readonly IssueField Discussion = new("discussion", issue => issue.Discussion);
    public static readonly IssueField CreatedBy = new("createdBy", issue => issue.CreatedBy, Filterable, FieldLimits.PersonName);
    public static readonly IssueField IssueResolvedAt = new("issueResolvedAt", issue => issue.IssueResolvedAt);
    public static readonly IssueField CreatedAt = new("createdAt", issue => issue.CreatedAt, Sortable);
    public static readonly IssueField UpdatedAt = new("updatedAt", issue => issue.UpdatedAt, Sortable);
    public static readonly IssueField Version = new("__v", issue => issue.Version);

    /// <summary>Person who works on it.</summary>
    public static readonly IssueField Assignee = new("assignee", issue => issue.Assignee, Person, FieldLimits.PersonName);
    public static readonly IssueField Tags = new("tags", issue => issue.Tags.Count == 0 ? null : issue.Tags);

    /// <summary>Each of the tags.</summary>
    public static readonly IssueField Tag =
        new("tag", issue => issue.Tags, Filterable | Groupable | LowerCase | Derived, FieldLimits.Tag);

    public static readonly IssueField Priority =
        new("priority", issue => issue.Priority, Filterable | Groupable | LowerCase, FieldLimits.Word);

    public static readonly IssueField DueAt = new("dueAt", issue => issue.DueAt, Sortable);
    public static readonly IssueField Fault = new("fault", issue => issue.Fault, Filterable | Groupable | LowerCase, FieldLimits.Word);
    public static readonly IssueField Cost = new("cost", issue => issue.Cost);

    /// <summary>Number of the issue that it was merged into.</summary>
    public static readonly IssueField MergedInto = new("mergedInto", issue => issue.MergedInto, maxLength: FieldLimits.IssueId);

    /// <summary>UTC day of the report: <c>2025-11-20</c>.</summary>
    public static readonly IssueField Day = new("day", DayOf, Groupable | Derived);

    private readonly Func<StoredIssue, object?> get;
    private readonly FieldTraits traits;

    private IssueField(string name, Func<StoredIssue, object?> get, FieldTraits traits = None, int maxLength = 0)
    {
        Name = name;
        MaxLength = maxLength;
        this.get = get;
        this.traits = traits;
        Defined.Add(this);
    }

    /// <summary>Fields, in the order that callers see.</summary>
    public static IReadOnlyList<IssueField> All => Defined;

    public string Name { get; }

    /// <summary>Most characters of a text; 0 for other values.</summary>
    public int MaxLength { get; }

    /// <summary>True for a field with all of these traits.</summary>
    public bool Is(FieldTraits wanted) => traits.HasFlag(wanted);

    /// <exception cref="KeyNotFoundException">No field has this name.</exception>
    public static IssueField Named(string name) =>
        Defined.Find(field => field.Name == name) ?? throw new KeyNotFoundException($"There is no field {name}.");

    /// <summary>Cuts blanks off where they don't matter; null for no value.</summary>
    public string? Clean(string? value) => (IsFolded ? value?.Trim() : value) is { Length: > 0 } text ? text : null;

    /// <summary>Gives equal texts for values that filters and statistics take for the same.</summary>
    public string? Fold(string? value) =>
        Clean(value) is not { } text ? null
        : IsFolded ? CaseFolding.Fold(text)
        : text;

    /// <summary>Reads the value; null for none.</summary>
    public object? Get(StoredIssue issue) => get(issue);

    public override string ToString() => Name;

    private bool IsFolded => Is(IgnoresCase) || Is(LowerCase);

    private static string? DayOf(StoredIssue issue) => issue.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
