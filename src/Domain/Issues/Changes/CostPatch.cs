namespace OrderIssues.Domain.Issues.Changes;

/// <summary>New parts of a cost; absent ones stay.</summary>
public sealed record CostPatch(Optional<decimal?> Amount, Optional<string> Currency)
{
    /// <summary>Rule for a whole cost.</summary>
    public const string Rule = "must have an amount and a currency";

    /// <summary>Makes the cost after the patch.</summary>
    /// <exception cref="BrokenRuleException">The amount or the currency would be missing.</exception>
    public Cost AppliedTo(Cost? current)
    {
        var amount = Amount.IsPresent ? Amount.Value : current?.Amount;
        var currency = Currency.IsPresent ? Currency.Value : current?.Currency;
        return amount is { } known && currency is not null
            ? new Cost(known, currency)
            : throw new BrokenRuleException(IssueField.Cost, Rule);
    }
}
