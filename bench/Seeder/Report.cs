using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.Seeder;

/// <summary>What somebody reports, and what becomes of it.</summary>
internal sealed record Report(IssueDetails Details, DateTimeOffset At, IReadOnlyList<Step> Steps)
{
    private static readonly IssueStatuses Statuses = new([], []);

    public async Task StoreAsync(IOrderIssueStore store, CancellationToken cancellationToken)
    {
        var (issue, _) = await store.AddAsync(OrderIssue.Open(Details, Statuses, At), cancellationToken);
        foreach (var step in Steps)
        {
            var result = await store.TryChangeAsync(step.Decide(issue, Statuses), cancellationToken);
            issue = ((ChangeResult.Applied)result).Issue;
        }
    }
}
