using System.Text;

namespace OrderIssues.Domain.Issues.Changes;

/// <summary>Rules for merging issues: one is marked, and another takes its messages over.</summary>
public static class IssueMerge
{
    /// <summary>Bytes that a stored message has besides its texts, at most.</summary>
    private const int MessageOverhead = 128;

    /// <summary>Marks the issue as merged into another one, and resolves it.</summary>
    /// <exception cref="MergedIssueException">It was merged before.</exception>
    public static IssueChange MergeInto(this OrderIssue source, OrderIssue into, string? by, IssueStatuses statuses, DateTimeOffset now)
    {
        var change = source.ChangeStatus(
            statuses.IsResolved(source.Status) ? source.Status! : statuses.DefaultResolved, by, statuses, now);
        return change with
        {
            Action = HistoryActions.Merged,
            Fields = [.. change.Fields, new FieldChange(IssueField.MergedInto.Name, null, into.IssueId)],
        };
    }

    /// <summary>Appends the messages that a merged issue has and this one lacks.</summary>
    public static IssueChange TakeOver(this OrderIssue survivor, OrderIssue source, DateTimeOffset now)
    {
        var known = survivor.Discussion.Select(message => message.Id).ToHashSet();
        return new IssueChange(survivor, now, HistoryActions.Merged)
        {
            MergedFrom = source.IssueId,
            Copies =
            [
                .. from message in source.IdentifiedDiscussion()
                   where !known.Contains(message.Id)
                   select message with { FromIssueId = message.FromIssueId ?? source.IssueId },
            ],
        }
        .IfUnchangedSince(survivor);
    }

    /// <summary>Names the issue that a message was sent to, for one that goes to the issue that took over.</summary>
    public static IssueChange SentTo(this IssueChange change, OrderIssue named) =>
        change.Message is { } message && change.Id != named.Id
            ? change with { Message = message with { Id = message.Id ?? EntityId.New(change.At), FromIssueId = named.IssueId } }
            : change;

    /// <summary>Adds the messages that were sent to a merged issue and went to these, which took over.</summary>
    public static OrderIssue WithMessagesFrom(this OrderIssue source, IEnumerable<OrderIssue> survivors)
    {
        var numbers = source.MergedNumbers();
        var messages = source.IdentifiedDiscussion().Concat(survivors.SelectMany(IdentifiedDiscussion)
            .Where(message => numbers.Contains(message.FromIssueId))
            .Select(message => message.FromIssueId == source.IssueId ? message with { FromIssueId = null } : message));
        return source with { Discussion = [.. messages.DistinctBy(message => message.Id).OrderBy(message => message.CreatedAt)] };
    }

    /// <summary>Numbers of the issue and of those whose messages it took over.</summary>
    public static HashSet<string?> MergedNumbers(this OrderIssue issue) =>
        [.. issue.SourceNumbers(), .. new[] { issue.IssueId }.OfType<string>()];

    /// <summary>Numbers of the issues whose messages the issue took over.</summary>
    public static IEnumerable<string> SourceNumbers(this OrderIssue issue) =>
        issue.Discussion.Select(message => message.FromIssueId).OfType<string>().Distinct();

    /// <summary>True for an issue that has room for the messages, as far as can be told without its history.</summary>
    public static bool HasRoomFor(this OrderIssue survivor, IReadOnlyList<DiscussionMessage> messages) =>
        survivor.Discussion.Count + messages.Count <= IssueLimits.Messages
        && survivor.StoredBytes + messages.Sum(BytesOf) <= IssueLimits.StoredBytes;

    /// <summary>Id of the entry by which the history of another issue tells that it took this one over.</summary>
    public static EntityId TakeOverId(this OrderIssue source) => source.Id.Derive(HistoryActions.Merged);

    /// <summary>Gives each message an id: the stored one, else one that is the same each time.</summary>
    // Of what doesn't change when texts are erased. Messages of one author in one millisecond are counted.
    internal static IEnumerable<DiscussionMessage> IdentifiedDiscussion(this OrderIssue source)
    {
        var counts = new Dictionary<(DateTimeOffset, string), int>();
        foreach (var message in source.Discussion)
        {
            if (message.Id is not null)
            {
                yield return message;
                continue;
            }

            var key = (message.CreatedAt, message.UserName);
            var count = counts[key] = counts.GetValueOrDefault(key) + 1;
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{message.CreatedAt.ToUnixTimeMilliseconds()} {count} {message.UserName}");
            yield return message with { Id = source.Id.Derive(name) };
        }
    }

    private static int BytesOf(DiscussionMessage message) =>
        Encoding.UTF8.GetByteCount(message.UserName) + Encoding.UTF8.GetByteCount(message.Message) + MessageOverhead;
}
