namespace OrderIssues.Domain.Issues.Vocabulary;

/// <summary>Parties whose fault an issue may be.</summary>
public static class Faults
{
    public static IReadOnlyList<string> All { get; } = ["warehouse", "carrier", "supplier", "listing", "customer", "unknown"];
}
