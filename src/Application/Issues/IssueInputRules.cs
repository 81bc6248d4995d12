namespace OrderIssues.Application.Issues;

/// <summary>Rules that reports and changes of issues share.</summary>
internal static class IssueInputRules
{
    /// <summary>Requires one line, no longer than the field takes.</summary>
    public static IRuleBuilderOptions<T, string?> SingleLine<T>(this IRuleBuilder<T, string?> rule, IssueField field) =>
        rule.SingleLine(field.MaxLength);

    /// <summary>Requires a well-formed and permitted status.</summary>
    public static IRuleBuilderOptions<T, string?> Status<T>(this IRuleBuilder<T, string?> rule, IssueStatuses statuses) =>
        rule.Must(status => status is null || IssueStatuses.IsWellFormed(status))
            .WithMessage($"must be 1 to {FieldLimits.Status} letters, digits, spaces, '_' or '-'")
            .Must(status => status is null || statuses.IsAllowed(status))
            .WithMessage($"must be one of: {string.Join(", ", statuses.Allowed)}");

    /// <summary>Requires an item with valid SKU and quantity.</summary>
    public static IRuleBuilderOptions<T, CreateIssueItem?> Item<T>(this IRuleBuilder<T, CreateIssueItem?> rule) =>
        rule.NotNull().WithMessage("must not be null").SetValidator(new ItemValidator()!);

    private sealed class ItemValidator : AbstractValidator<CreateIssueItem>
    {
        public ItemValidator()
        {
            RuleFor(item => item.Sku).Required().SingleLine(IssueField.Sku);
            RuleFor(item => item.Qty).Must(qty => qty is >= 1 and <= FieldLimits.Qty).WithMessage("must be an integer from 1 to 1,000,000");
        }
    }
}

/// <summary>Item as the caller sent it, cleaned.</summary>
public sealed record CreateIssueItem
{
    public string? Sku { get; init => field = PlainText.CleanIdentifier(value); }

    public long? Qty { get; init; }

    internal IssueItem ToItem() => new(Sku!, (int)Qty!.Value);
}
