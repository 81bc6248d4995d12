using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Searches by the index of texts, or without it while it can't be used.</summary>
internal sealed partial class SqliteSearch(
    SqliteDatabase database, SqliteReaders readers, TextIndex index, SearchIndexFile file, TimeProvider time, ILogger<SqliteSearch> logger)
    : IDisposable
{
    private readonly SqliteReaders searchers = new(database, time, file.Attach);

    /// <summary>Runs a search, a few at a time; it is told whether it may use the index.</summary>
    /// <exception cref="FailureException">The database can't be read, or the search takes too long.</exception>
    public async Task<T> QueryAsync<T>(Func<SqliteSession, bool, T> search, CancellationToken cancellationToken)
    {
        try
        {
            var (isFound, result) = await searchers.QueryAsync(
                session => TryIndexed(session, search, cancellationToken), cancellationToken);
            if (isFound)
            {
                return result!;
            }
        }
        catch (Exception exception) when (exception is SqliteException or FailureException { Code: FailureCode.StoreUnavailable })
        {
            LogUnusable(exception.InnerException?.Message ?? exception.Message);
            searchers.CloseIdle();
        }

        return await readers.QueryAsync(session => search(session, false), cancellationToken);
    }

    public void Dispose() => searchers.Dispose();

    private (bool IsFound, T? Result) TryIndexed<T>(
        SqliteSession session, Func<SqliteSession, bool, T> search, CancellationToken cancellationToken) =>
        index.CatchUp(cancellationToken) is not { } wanted ? default
        : IndexProgress.ReadAttached(session) is { } place && place.Has(wanted) ? (true, search(session, true))
        : throw new SqliteException("The file of the index was replaced.", SQLitePCL.raw.SQLITE_NOTFOUND);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A search reads all issues, since the index of texts can't be used: {Reason}")]
    private partial void LogUnusable(string reason);
}
