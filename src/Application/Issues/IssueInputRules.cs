using OrderIssues.Domain;
using OrderIssues.Domain.Issues.Changes;

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

    /// <summary>Requires a type that issues may have.</summary>
    public static IRuleBuilderOptions<T, string?> IssueType<T>(this IRuleBuilder<T, string?> rule, IssueTypes types) =>
        rule.Required().SingleLine(IssueField.IssueType).Must(type => types.IsAllowed(type!))
            .WithMessage($"must be one of: {string.Join(", ", types.All)}");

    /// <summary>Requires one of these words.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IEnumerable<string> words) =>
        rule.Must(word => word is null || words.Contains(word)).WithMessage($"must be one of {string.Join(", ", words)}");

    /// <summary>Requires a tag: a text in one line without commas.</summary>
    public static IRuleBuilderOptions<T, string?> Tag<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Required().SingleLine(IssueField.Tag).Must(tag => tag?.Contains(',') != true).WithMessage("must not contain a comma");

    /// <summary>Requires valid parts of a cost, which may be absent.</summary>
    public static IRuleBuilderOptions<T, IssueCost?> Cost<T>(this IRuleBuilder<T, IssueCost?> rule) =>
        rule.SetValidator(new CostValidator()!);

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

    private sealed class CostValidator : AbstractValidator<IssueCost>
    {
        public CostValidator()
        {
            RuleFor(cost => cost.Amount.Value)
                .Must(amount => amount is null || IsAmount(amount.Value))
                .WithMessage("must be a number from 0 to 1,000,000,000 with at most two decimals")
                .OverridePropertyName(nameof(IssueCost.Amount));
            RuleFor(cost => cost.Currency.Value)
                .Must(currency => currency is null || Currencies.All.Contains(currency))
                .WithMessage("must be a currency of ISO 4217, such as EUR")
                .OverridePropertyName(nameof(IssueCost.Currency));
        }

        private static bool IsAmount(decimal amount) => amount is >= 0 and <= FieldLimits.CostAmount && decimal.Round(amount, 2) == amount;
    }
}

/// <summary>Cost, or parts of it, as the caller sent it, cleaned.</summary>
public sealed record IssueCost
{
    public Optional<decimal?> Amount { get; init; }

    public Optional<string> Currency { get; init => field = value.Map(text => PlainText.CleanOrNull(text)?.ToUpperInvariant()); }

    internal CostPatch ToPatch() => new(Amount, Currency);
}

/// <summary>Item as the caller sent it, cleaned.</summary>
public sealed record CreateIssueItem
{
    public string? Sku { get; init => field = PlainText.CleanIdentifier(value); }

    public long? Qty { get; init; }

    internal IssueItem ToItem() => new(Sku!, (int)Qty!.Value);
}
