using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.MongoDb.Documents;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.MongoDb.Search;

/// <summary>Searches by this instance's index of texts.</summary>
/// <remarks>Where it answers null, the database must be asked.</remarks>
internal sealed class MongoSearch(
    IndexedSearch search, UnpublishedEntries entries, MongoIssueReader reader, UndatedIssues undated, TimeProvider time)
{
    /// <summary>True for a filter by a text.</summary>
    // A number leaves few issues, and the database also matches numbers that are written otherwise. The index has statuses in lower case,
    // so that one in upper case is the database's.
    public static bool Serves(IssueFilter filter) => filter.Text is not null
        && !filter.Fields.ContainsKey(IssueField.IssueId)
        && !filter.Fields.Any(field => field.Key.Is(FieldTraits.LowerCase) && field.Value.Any(HasUpperCase));

    /// <exception cref="FailureException">The search takes too long.</exception>
    public Task<IssuePage?> ListAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken) =>
        InTimeAsync(end => ListNextAsync(filter, sort, after, limit, end), cancellationToken);

    /// <exception cref="FailureException">The search takes too long.</exception>
    public Task<long?> CountAsync(IssueFilter filter, CancellationToken cancellationToken) =>
        (undated.MayExist && (filter.Times.Count > 0 || filter.OlderThanHours is not null)) || HasOtherTimes(filter)
            ? Task.FromResult<long?>(null)
            : InTimeAsync(
                end => TryAsync<long?>(filter, (session, how) => IssueTables.Count(session, filter, how), end), cancellationToken);

    /// <exception cref="FailureException">The search takes too long.</exception>
    public Task<IReadOnlyList<IssueTally>?> TallyAsync(
        IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) =>
        undated.MayExist || HasOtherTimes(filter)
            ? Task.FromResult<IReadOnlyList<IssueTally>?>(null)
            : InTimeAsync(
                end => TryAsync(filter, (session, how) => IssueTallies.Read(session, filter, by, how), end), cancellationToken);

    // Who knows whether each issue has them, as dates?
    private static bool HasOtherTimes(IssueFilter filter) =>
        filter.IsOverdue is not null || filter.Times.Keys.Any(field => field != IssueField.CreatedAt);

    private static bool HasUpperCase(string? value) => value != value?.ToLowerInvariant();

    /// <summary>Lists the next issues that match, of however many that have changed since and don't.</summary>
    private async Task<IssuePage?> ListNextAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            // What is never due has no time there either.
            var from = after is { Time: null } position && sort.By != IssueField.DueAt ? position with { Time = IssueRows.Undated } : after;
            if (await TryAsync(
                filter, (session, how) => IssueTables.ListHeads(session, filter, sort, from, limit, how), cancellationToken)
                is not { } page)
            {
                return null;
            }

            after = page.Last is { } last && last.Time == IssueRows.Undated ? last with { Time = null } : page.Last;
            var issues = await JudgeAsync(page.Issues, filter, cancellationToken);
            if (issues.Count > 0 || after is null)
            {
                return new IssuePage(issues, after);
            }
        }
    }

    /// <summary>Reads the documents, and leaves out those that have changed since and don't match any more.</summary>
    private async Task<IReadOnlyList<OrderIssue>> JudgeAsync(
        IReadOnlyList<OrderIssue> found, IssueFilter filter, CancellationToken cancellationToken)
    {
        var ids = found.Select(issue => FieldValues.Write(issue.Id));
        var matching = (await reader
            .AllAsync(Builders<BsonDocument>.Filter.In(FieldNames.Id, ids) & IssueQuery.Filter(filter), cancellationToken)
            .OrUnavailableAsync()).ToDictionary(issue => issue.Id);
        return [.. found.Select(issue => matching.GetValueOrDefault(issue.Id)).OfType<OrderIssue>()];
    }

    private Task<T?> TryAsync<T>(IssueFilter filter, Func<SqliteSession, TextSearch, T> query, CancellationToken cancellationToken) =>
        search.TryAsync(
            // The index has no texts to read one by one.
            session => TextConditions.ChooseFor(session, filter.Text!) is var how and not TextSearch.Scan ? query(session, how) : default,
            cancellationToken);

    /// <summary>Ends a search, and all that it waits for, once it has taken too long.</summary>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> search, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(MongoDatabase.QueryTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var token = end.Token;
        try
        {
            // On a thread of the pool: the index waits for the database synchronously.
            var found = Task.Run(
                async () =>
                {
                    await PublishAsync(token);
                    return await search(token);
                },
                token);
            return await found.WaitAsync(token);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw FailureException.QueryTimeout(exception);
        }
    }

    /// <summary>Publishes what was changed before, so that the log has it.</summary>
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        while (await entries.PublishAsync(cancellationToken).OrUnavailableAsync() == UnpublishedEntries.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
