using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.WebApi.Issues;

internal sealed class IssueOptions : IValidatableObject
{
    public const string Section = "Issues";

    /// <summary>Permitted statuses, with <c>open</c>. Default: any.</summary>
    [TextOrList(',')]
    public IReadOnlyList<string> Statuses { get; set; } = [];

    /// <summary>Resolved statuses. Default: <c>done</c>.</summary>
    [TextOrList(',')]
    public IReadOnlyList<string> ResolvedStatuses { get; set; } = [];

    /// <summary>Types that issues may have, each with its synonyms. Default: any.</summary>
    public IReadOnlyList<IssueTypeOptions> Types { get; set; } = [];

    /// <summary>Hours from the report to when issues of a type are due. Default: none is due.</summary>
    public IReadOnlyList<DueHoursOptions> DueHours { get; set; } = [];

    public IssueStatuses ToStatuses() => new(Statuses, ResolvedStatuses);

    public IssueTypes ToTypes() => new(
        [.. Types.Select(type => (type.Name, type.Synonyms.AsEnumerable()))],
        DueHours.Select(due => (due.Type, TimeSpan.FromHours(due.Hours))));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        return
        [
            .. ErrorsOf(ToStatuses, $"{Section}:{nameof(Statuses)} and {Section}:{nameof(ResolvedStatuses)}"),
            .. ErrorsOf(ToTypes, $"{Section}:{nameof(Types)} and {Section}:{nameof(DueHours)}"),
        ];
    }

    private static IEnumerable<ValidationResult> ErrorsOf<T>(Func<T> read, string keys)
    {
        try
        {
            _ = read();
            return [];
        }
        catch (ArgumentException exception)
        {
            return [new($"{keys}: {exception.Message}.")];
        }
    }
}

internal sealed class IssueTypeOptions
{
    [Required, MaxLength(FieldLimits.IssueType)]
    public string Name { get; set; } = "";

    /// <summary>Other spellings that are stored as the name. Default: none.</summary>
    [TextOrList(',')]
    public IReadOnlyList<string> Synonyms { get; set; } = [];
}

internal sealed class DueHoursOptions
{
    [Required]
    public string Type { get; set; } = "";

    /// <summary>1 to 87,600 hours, which are ten years.</summary>
    [Range(1, FilteredRequest.MaxHours)]
    public int Hours { get; set; }
}
