using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Bulk;

/// <summary>Filter of the issues to change.</summary>
public sealed record IssueSelection : FilteredRequest
{
    /// <summary>Most issues that it may match.</summary>
    public const int MaxIssues = 1_000;
}

/// <summary>Finds the issues of a filter, once for all tries of a change.</summary>
internal sealed class FilteredIssues(
    IOrderIssueQueries queries, IRecordStore store, IssueStatuses statuses, IssueTypes types, TimeProvider time)
{
    private const int PageSize = 500;
    private static readonly IssueSort Sort = new(IssueField.CreatedAt, Descending: true);
    private readonly Records<SelectedIssues> records = new(store, RecordKinds.FilteredIssues);

    /// <summary>Lists the numbers of the issues, latest first.</summary>
    /// <exception cref="FailureException">The filter matches another number of issues, or too many.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(
        IssueSelection selection, int expected, IdempotentTry? attempt, CancellationToken cancellationToken)
    {
        if (attempt is { IsFirst: false } && await records.FindAsync(attempt.TargetId.ToString()) is { } settled)
        {
            return settled.Value.IssueIds;
        }

        var found = await ListAsync(selection, cancellationToken);
        if (found.Count > IssueSelection.MaxIssues)
        {
            var most = IssueSelection.MaxIssues.ToString("N0", CultureInfo.InvariantCulture);
            throw FailureException.OfRules(new ValidationFailure("Filter", $"must match at most {most} issues"));
        }

        if (found.Count != expected)
        {
            throw new FailureException(FailureCode.CountDiffers, $"The filter matches {found.Count} issues, not {expected}.");
        }

        return attempt is null ? found : await SettleAsync(found, attempt.TargetId);
    }

    private async Task<IReadOnlyList<string>> SettleAsync(IReadOnlyList<string> found, EntityId changeId)
    {
        var (record, _) = await records.PutIfAbsentAsync(new()
        {
            Key = changeId.ToString(),
            Value = new(found),
            ExpiresAt = time.GetUtcNow() + IdempotentRunner.Lifetime,
        });
        return record.Value.IssueIds;
    }

    private async Task<List<string>> ListAsync(IssueSelection selection, CancellationToken cancellationToken)
    {
        var filter = selection.ToFilter(statuses, types, time.GetUtcNow());
        var found = new List<string>();
        IssuePosition? last = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await queries.ListAsync(filter, Sort, last, PageSize, cancellationToken);
            found.AddRange(page.Issues.Select(issue => issue.IssueId ?? issue.Id.ToString()));
            last = page.Last;
        }
        while (last is not null && found.Count <= IssueSelection.MaxIssues);
        return found;
    }

    private sealed record SelectedIssues(IReadOnlyList<string> IssueIds);
}
