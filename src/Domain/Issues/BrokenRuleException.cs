namespace OrderIssues.Domain.Issues;

/// <summary>Refuses a change that an issue can't take.</summary>
/// <param name="field">Field that the rule is about.</param>
/// <param name="rule">Rule, as the rest of a sentence that begins with the field.</param>
public sealed class BrokenRuleException(IssueField field, string rule) : Exception($"{field} {rule}")
{
    public IssueField Field { get; } = field;

    public string Rule { get; } = rule;
}
