using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Queries;

/// <summary>Request about the issues that meet a filter.</summary>
public abstract record FilteredRequest
{
    /// <summary>Most values of one field.</summary>
    public const int MaxValues = 100;

    /// <summary>Longest text to search for, in characters.</summary>
    public const int MaxText = 100;

    /// <summary>Shortest text to search for, in characters.</summary>
    public const int MinText = 2;

    /// <summary>Greatest least age, in hours: ten years.</summary>
    public const int MaxHours = 87_600;

    /// <summary>Accepted values by field; fields without values don't count.</summary>
    public IReadOnlyDictionary<IssueField, IReadOnlyList<string?>> Fields { get; init; } =
        new Dictionary<IssueField, IReadOnlyList<string?>>();

    /// <summary>First time of the report, ISO 8601.</summary>
    public string? CreatedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the report, ISO 8601.</summary>
    public string? CreatedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of the last update, ISO 8601.</summary>
    public string? UpdatedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the last update, ISO 8601.</summary>
    public string? UpdatedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of shipping, ISO 8601.</summary>
    public string? ShippedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after shipping, ISO 8601.</summary>
    public string? ShippedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of the resolution, ISO 8601.</summary>
    public string? ResolvedFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the resolution, ISO 8601.</summary>
    public string? ResolvedTo { get; init => field = PlainText.Clean(value); }

    /// <summary>First time of the due time, ISO 8601.</summary>
    public string? DueFrom { get; init => field = PlainText.Clean(value); }

    /// <summary>First time after the due time, ISO 8601.</summary>
    public string? DueTo { get; init => field = PlainText.Clean(value); }

    /// <summary>True for resolved issues, false for the others; null for all.</summary>
    public bool? Resolved { get; init; }

    /// <summary>True for overdue issues, false for the others; null for all.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Least age of issues that must also be unresolved; null for all.</summary>
    public int? OlderThanHours { get; init; }

    /// <summary>Text to search for, without format characters; null for none.</summary>
    public string? Q { get; init => field = PlainText.CleanIdentifier(value); }

    private IEnumerable<(IssueField Field, string? From, string? To)> Ranges =>
    [
        (IssueField.CreatedAt, CreatedFrom, CreatedTo),
        (IssueField.UpdatedAt, UpdatedFrom, UpdatedTo),
        (IssueField.ShippedAt, ShippedFrom, ShippedTo),
        (IssueField.IssueResolvedAt, ResolvedFrom, ResolvedTo),
        (IssueField.DueAt, DueFrom, DueTo),
    ];

    /// <summary>Makes the filter of a valid request.</summary>
    internal IssueFilter ToFilter(IssueStatuses statuses, IssueTypes types, DateTimeOffset now) => new()
    {
        TypeKeys = [.. Fields.GetValueOrDefault(IssueField.IssueType, []).SelectMany(types.KeysOf).Distinct()],
        Fields = Fields.Where(field => field.Value.Count > 0).ToDictionary(
            field => field.Key,
            IReadOnlyList<string?> (field) => [.. field.Value.SelectMany(value => SpellingsOf(field.Key, value)).Distinct()]),
        Times = Ranges.Where(range => range is not { From: null, To: null }).ToDictionary(
            range => range.Field, range => new TimeRange(IsoDateTime.Parse(range.From), IsoDateTime.Parse(range.To))),
        IsResolved = Resolved,
        ResolvedStatuses = statuses.Resolved,
        IsOverdue = Overdue,
        OlderThanHours = OlderThanHours,
        Now = now,
        Text = Q,
    };

    // Other programs, and earlier versions, stored identifiers with format characters.
    private static IEnumerable<string?> SpellingsOf(IssueField field, string? value)
    {
        var clean = PlainText.CleanOrNull(value);
        yield return field == IssueField.Priority ? Priorities.Of(clean?.ToLowerInvariant()) : clean;
        if (field.Is(FieldTraits.Identifier) && PlainText.CleanIdentifierOrNull(value) is { } identifier)
        {
            yield return identifier;
        }
    }
}
