using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Searches by the index of texts while it can be used.</summary>
/// <param name="readers">Sessions that have the file of the index, for searches alone.</param>
/// <param name="index">Index.</param>
/// <param name="logger">Log.</param>
internal sealed partial class IndexedSearch(SqliteReaders readers, TextIndex index, ILogger<IndexedSearch> logger) : IDisposable
{
    /// <summary>Searches what was acknowledged before, a few at a time; default where the index can't be used.</summary>
    /// <exception cref="FailureException">The search takes too long.</exception>
    public async Task<T?> TryAsync<T>(Func<SqliteSession, T> search, CancellationToken cancellationToken)
    {
        try
        {
            return await readers.QueryAsync(session => Search(session, search, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or FailureException { Code: FailureCode.StoreUnavailable })
        {
            LogUnusable(exception.InnerException?.Message ?? exception.Message);
            readers.CloseIdle();
            return default;
        }
    }

    public void Dispose() => readers.Dispose();

    private T? Search<T>(SqliteSession session, Func<SqliteSession, T> search, CancellationToken cancellationToken) =>
        index.CatchUp(cancellationToken) is not { } wanted ? default
        : IndexProgress.ReadAttached(session) is { } place && place.Has(wanted) ? search(session)
        : throw new SqliteException("The file of the index was replaced.", SQLitePCL.raw.SQLITE_NOTFOUND);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A search reads all issues, since the index of texts can't be used: {Reason}")]
    private partial void LogUnusable(string reason);
}
