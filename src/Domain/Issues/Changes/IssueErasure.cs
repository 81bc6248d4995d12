namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Rule for erasing a customer's data.</summary>
public static class IssueErasure
{
    /// <summary>Erases the customer's data.</summary>
    /// <param name="issue">Issue with its discussion.</param>
    /// <param name="erasure">What to erase.</param>
    /// <param name="history">History of the issue.</param>
    /// <param name="now">Time by the clock, which may have been set back.</param>
    /// <returns>Null where nothing is left to erase.</returns>
    public static IssueChange? Erase(
        this OrderIssue issue, Erasure erasure, IReadOnlyList<HistoryEntry> history, DateTimeOffset now)
    {
        var past = history.SelectMany(entry => entry.Changes).Where(Erasure.HasData).Select(change => change.Field).ToHashSet();
        var fields =
            from field in Erasure.Fields
            let current = field.Get(issue)
            let erased = erasure.IsOfPresent ? Erasure.ErasedValueOf(field, current) : current
            where !Equals(current, erased) || (erasure.IsOfPast && past.Contains(field.Name))
            select new FieldChange(field.Name, current, erased);
        var change = new IssueChange(issue, now, HistoryActions.Erased)
        {
            Fields = [.. fields],
            Erasure = erasure with { ErasesTexts = issue.Discussion.Any(erasure.Erases) },
            Guard = Erasure.Fields.ToDictionary(field => field.Name, field => field.Get(issue)),
        };
        return change.Fields.Count > 0 || change.Erasure.ErasesTexts ? change : null;
    }
}
