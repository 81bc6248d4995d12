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
            let erased = erasure.IsOfHistory ? current : Erasure.ErasedValueOf(field, current)
            where !Equals(current, erased) || past.Contains(field.Name)
            select new FieldChange(field.Name, current, erased);
        var change = new IssueChange(issue, now, HistoryActions.Erased)
        {
            Fields = [.. fields],
            Erasure = erasure with
            {
                ErasesTexts = erasure is { ErasesTexts: true, IsOfHistory: false }
                    && issue.Discussion.Any(message => message.Message != Erasure.Mark),
            },
            Guard = Erasure.Fields.ToDictionary(field => field.Name, field => field.Get(issue)),
        };
        return change.Fields.Count > 0 || change.Erasure.ErasesTexts ? change : null;
    }
}
