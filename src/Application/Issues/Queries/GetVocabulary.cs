namespace OrderIssues.Application.Issues.Queries;

/// <summary>Tells the words that the fields of an issue may have.</summary>
public sealed record GetVocabulary : IRequest<IssueVocabulary>;

/// <summary>Words for forms.</summary>
/// <param name="Statuses">Statuses; where any is permitted, the usual ones.</param>
/// <param name="AnyStatus">True where others are permitted, too.</param>
/// <param name="Types">Types; none where any is permitted.</param>
public sealed record IssueVocabulary(IReadOnlyList<KnownStatus> Statuses, bool AnyStatus, IReadOnlyList<string> Types);

/// <summary>Status, and whether it means resolved.</summary>
public sealed record KnownStatus(string Status, bool Resolved);

internal sealed class GetVocabularyHandler(IssueStatuses statuses, IssueTypes types) : IRequestHandler<GetVocabulary, IssueVocabulary>
{
    public Task<IssueVocabulary> Handle(GetVocabulary request, CancellationToken cancellationToken)
    {
        var isOpen = statuses.Allowed.Count == 0;
        IEnumerable<string> known = isOpen
            ? [IssueStatuses.Default, IssueStatuses.Pending, .. statuses.Resolved.Order(StringComparer.Ordinal)]
            : statuses.Allowed;
        return Task.FromResult(new IssueVocabulary(
            [.. known.Distinct().Select(status => new KnownStatus(status, statuses.IsResolved(status)))], isOpen, types.All));
    }
}
