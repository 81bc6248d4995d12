namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Rules for erasing a customer's data.</summary>
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

    /// <summary>Restricts an erasure to the messages that an issue has of one that was merged into it.</summary>
    public static Erasure OfCopies(this Erasure erasure, OrderIssue survivor, OrderIssue source)
    {
        var numbers = source.MergedNumbers();
        return erasure with
        {
            Scope = ErasureScope.Messages,
            MessageIds = IdsOf(survivor.Discussion.Where(message => numbers.Contains(message.FromIssueId))),
        };
    }

    /// <summary>Erases from an issue the texts that are erased in another one, with which it was merged.</summary>
    public static Erasure OfTextsErasedIn(this OrderIssue issue, OrderIssue other)
    {
        var erased = IdsOf(other.IdentifiedDiscussion().Where(message => message.Message == Erasure.Mark));
        var left = IdsOf(issue.IdentifiedDiscussion().Where(message => message.Message != Erasure.Mark));

        // Messages of other programs may have no ids, but for which all is erased together.
        return new Erasure($"Erased in {other.IssueId}")
        {
            Scope = ErasureScope.Messages,
            MessageIds = left.IsSubsetOf(erased) ? null : left.Intersect(erased).ToHashSet(),
        };
    }

    private static HashSet<EntityId> IdsOf(IEnumerable<DiscussionMessage> messages) =>
        [.. messages.Select(message => message.Id).OfType<EntityId>()];
}
