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

    public IssueStatuses ToStatuses() => new(Statuses, ResolvedStatuses);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        try
        {
            _ = ToStatuses();
            return [];
        }
        catch (ArgumentException exception)
        {
            return [new($"{Section}:{nameof(Statuses)} and {Section}:{nameof(ResolvedStatuses)}: {exception.Message}.")];
        }
    }
}
