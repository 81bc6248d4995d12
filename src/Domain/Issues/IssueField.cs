namespace OrderIssues.Domain.Issues;

/// <summary>Field of an issue, as stores and callers name it.</summary>
/// <remarks>
/// A new field starts here. It also needs its column (SQLite), its BSON form (MongoDB), its wire properties and their documentation.
/// </remarks>
public sealed class IssueField
{
    private static readonly List<IssueField> Defined = [];

    public static readonly IssueField Id = new("_id", issue => issue.Id);
    public static readonly IssueField IssueId =
        new("issueId", issue => issue.IssueId) { MaxLength = FieldLimits.IssueId, IsFilterable = true, IsSearched = true };

    public static readonly IssueField OrderId =
        new("OrderId", issue => issue.OrderId) { MaxLength = FieldLimits.OrderId, IsFilterable = true, IsSearched = true };

    public static readonly IssueField TicketId =
        new("ticketId", issue => issue.TicketId) { MaxLength = FieldLimits.TicketId, IsFilterable = true, IsSearched = true };

    public static readonly IssueField Channel = new("channel", issue => issue.Channel)
    {
        MaxLength = FieldLimits.Source,
        IsFilterable = true,
        IsGroupable = true,
        IsLowerCase = true,
    };

    public static readonly IssueField Source = new("source", issue => issue.Source)
    {
        MaxLength = FieldLimits.Source,
        IsFilterable = true,
        IsGroupable = true,
        IsLowerCase = true,
    };

    public static readonly IssueField Items = new("items", issue => issue.Items);

    /// <summary>SKUs of all items.</summary>
    public static readonly IssueField Sku = new("sku", issue => issue.Items.Select(item => item.Sku).ToList())
    {
        MaxLength = FieldLimits.Sku,
        IsFilterable = true,
        IsGroupable = true,
        IsSearched = true,
        IsDerived = true,
    };

    public static readonly IssueField TrackingNumber = new("trackingNumber", issue => issue.TrackingNumber)
    {
        MaxLength = FieldLimits.TrackingNumber,
        IsFilterable = true,
        IsSearched = true,
    };

    public static readonly IssueField Picker =
        new("picker", issue => issue.Picker) { MaxLength = FieldLimits.PersonName, IsFilterable = true, IsGroupable = true };

    public static readonly IssueField Packer =
        new("packer", issue => issue.Packer) { MaxLength = FieldLimits.PersonName, IsFilterable = true, IsGroupable = true };

    public static readonly IssueField Palletter =
        new("palletter", issue => issue.Palletter) { MaxLength = FieldLimits.PersonName, IsFilterable = true, IsGroupable = true };

    public static readonly IssueField CustomerName =
        new("customerName", issue => issue.CustomerName) { MaxLength = FieldLimits.PersonName, IsSearched = true };

    public static readonly IssueField CustomerEmail =
        new("customerEmail", issue => issue.CustomerEmail) { MaxLength = FieldLimits.Email, IsFilterable = true, IsSearched = true };

    public static readonly IssueField IssueType =
        new("issueType", issue => issue.IssueType) { MaxLength = FieldLimits.IssueType, IsFilterable = true, IsGroupable = true };

    public static readonly IssueField Status = new("status", issue => issue.Status)
    {
        MaxLength = FieldLimits.Status,
        IsFilterable = true,
        IsGroupable = true,
        IsLowerCase = true,
    };

    public static readonly IssueField CustomerReachedAt = new("customerReachedAt", issue => issue.CustomerReachedAt);
    public static readonly IssueField ShippedAt = new("shipped_at", issue => issue.ShippedAt);
    public static readonly IssueField Notes = new("notes", issue => issue.Notes) { MaxLength = FieldLimits.Notes, IsSearched = true };
    public static readonly IssueField Discussion = new("discussion", issue => issue.Discussion);
    public static readonly IssueField CreatedBy =
        new("createdBy", issue => issue.CreatedBy) { MaxLength = FieldLimits.PersonName, IsFilterable = true };

    public static readonly IssueField IssueResolvedAt = new("issueResolvedAt", issue => issue.IssueResolvedAt);
    public static readonly IssueField CreatedAt = new("createdAt", issue => issue.CreatedAt) { IsSortable = true };
    public static readonly IssueField UpdatedAt = new("updatedAt", issue => issue.UpdatedAt) { IsSortable = true };
    public static readonly IssueField Version = new("__v", issue => issue.Version);

    /// <summary>UTC day of the report: <c>2025-11-20</c>.</summary>
    public static readonly IssueField Day = new("day", DayOf)
    {
        IsGroupable = true,
        IsDerived = true,
    };

    private readonly Func<StoredIssue, object?> get;

    private IssueField(string name, Func<StoredIssue, object?> get)
    {
        Name = name;
        this.get = get;
        Defined.Add(this);
    }

    /// <summary>Fields, in the order that callers see.</summary>
    public static IReadOnlyList<IssueField> All => Defined;

    public string Name { get; }

    /// <summary>Most characters of a text; 0 for other values.</summary>
    public int MaxLength { get; private init; }

    /// <summary>True for fields that lists can be narrowed by.</summary>
    public bool IsFilterable { get; private init; }

    /// <summary>True for fields that statistics can count by.</summary>
    public bool IsGroupable { get; private init; }

    /// <summary>True for times that lists can be sorted by.</summary>
    public bool IsSortable { get; private init; }

    /// <summary>True for fields that searches look through.</summary>
    public bool IsSearched { get; private init; }

    /// <summary>True for texts stored in lower case.</summary>
    public bool IsLowerCase { get; private init; }

    /// <summary>True for values computed from another field.</summary>
    public bool IsDerived { get; private init; }

    /// <exception cref="KeyNotFoundException">No field has this name.</exception>
    public static IssueField Named(string name) =>
        Defined.Find(field => field.Name == name) ?? throw new KeyNotFoundException($"There is no field {name}.");

    /// <summary>Reads the value; null for none.</summary>
    public object? Get(StoredIssue issue) => get(issue);

    public override string ToString() => Name;

    private static string? DayOf(StoredIssue issue) => issue.CreatedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
