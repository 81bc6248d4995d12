using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Issues.Views;

/// <summary>Lists the views by name.</summary>
/// <param name="Count">True to count the issues of each.</param>
public sealed record ListViews(bool Count) : IRequest<IReadOnlyList<CountedView>>;

/// <summary>View, and what its count came to.</summary>
/// <param name="View">View.</param>
/// <param name="Count">Number of its issues, if asked for.</param>
/// <param name="Failure">Reason for which they couldn't be counted; null for none.</param>
public sealed record CountedView(SavedView View, long? Count = null, FailureCode? Failure = null);

internal sealed class ListViewsHandler(
    SavedViews views, IListQueryReader reader, IOrderIssueQueries queries, IssueStatuses statuses, IssueTypes types, TimeProvider time)
    : IRequestHandler<ListViews, IReadOnlyList<CountedView>>
{
    private const int MaxConcurrency = 4;

    // Less than a request may take: those that come late are told to have no count, rather than all.
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<CountedView>> Handle(ListViews request, CancellationToken cancellationToken)
    {
        CountedView[] counted = [.. (await views.ListAsync()).Select(view => new CountedView(view))];
        if (!request.Count)
        {
            return counted;
        }

        var now = time.GetUtcNow();
        using var tooLate = new CancellationTokenSource(MaxDuration, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        await Parallel.ForAsync(
            0,
            counted.Length,
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken },
            async (i, _) => counted[i] = await CountAsync(counted[i].View, now, end.Token, cancellationToken));
        return counted;
    }

    private async Task<CountedView> CountAsync(
        SavedView view, DateTimeOffset now, CancellationToken end, CancellationToken cancellationToken)
    {
        var (query, errors) = reader.Read(view.Query);
        if (errors.Count > 0)
        {
            return new(view, Failure: FailureCode.ValidationFailed);
        }

        try
        {
            return new(view, await queries.CountAsync(query.ToFilter(statuses, types, now), end));
        }
        catch (FailureException failure) when (failure.Code == FailureCode.QueryTimeout)
        {
            return new(view, Failure: failure.Code);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(view, Failure: FailureCode.QueryTimeout);
        }
    }
}
