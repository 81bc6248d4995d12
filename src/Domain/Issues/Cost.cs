namespace OrderIssues.Domain.Issues;

/// <summary>Cost of an issue.</summary>
public sealed record Cost
{
    /// <param name="amount">Amount, with two decimals at most.</param>
    /// <param name="currency">Currency (<see cref="Currencies.All"/>).</param>
    public Cost(decimal amount, string currency)
    {
        // Without zeros at the end, so that equal amounts are stored and shown alike.
        Amount = amount / 1.0000000000000000000000000000m;
        Currency = currency;
    }

    public decimal Amount { get; }

    public string Currency { get; }
}
