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
/// <remarks>What is null must be searched for without it.</remarks>
internal sealed class MongoSearch(
    IndexedSearch search, UnpublishedEntries entries, MongoIssueReader reader, UndatedIssues undated, TimeProvider time)
{
    /// <summary>True for a filter by a text.</summary>
    // A number finds few issues, also where it isn't written as this service writes it. What is in lower case is only found so.
    public static bool Serves(IssueFilter filter) => filter.Text is not null
        && !filter.Fields.ContainsKey(IssueField.IssueId)
        && !filter.Fields.Any(field => field.Key.Is(FieldTraits.LowerCase) && field.Value.Any(HasUpperCase));

    public async Task<IssuePage?> ListAsync(
        IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var from = after is { } position ? position with { Time = position.Time ?? IssueRows.Undated } : after;
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

    public Task<long?> CountAsync(IssueFilter filter, CancellationToken cancellationToken) =>
        undated.MayExist && filter.Times.Count > 0
            ? Task.FromResult<long?>(null)
            : TryAsync<long?>(filter, (session, how) => IssueTables.Count(session, filter, how), cancellationToken);

    public Task<IReadOnlyList<IssueTally>?> TallyAsync(
        IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) =>
        undated.MayExist
            ? Task.FromResult<IReadOnlyList<IssueTally>?>(null)
            : TryAsync(filter, (session, how) => IssueTallies.Read(session, filter, by, how), cancellationToken);

    private static bool HasUpperCase(string? value) => value != value?.ToLowerInvariant();

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

    // On threads of their own: the index waits for the database there. It has no texts that could be read instead of looked up.
    private async Task<T?> TryAsync<T>(
        IssueFilter filter, Func<SqliteSession, TextSearch, T> query, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                async () =>
                {
                    await PublishAsync(cancellationToken);
                    return await search.TryAsync(
                        session => TextConditions.ChooseFor(session, filter.Text!) is var how and not TextSearch.Scan
                            ? query(session, how)
                            : default,
                        cancellationToken);
                },
                cancellationToken).WaitAsync(MongoDatabase.QueryTimeout, time, cancellationToken);
        }
        catch (TimeoutException exception)
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
