using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

internal static class SqliteFailures
{
    /// <summary>Tells store faults, which fail other statements too.</summary>
    public static bool IsOfTheStore(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: not (SQLITE_ERROR or SQLITE_CONSTRAINT or SQLITE_MISMATCH or SQLITE_MISUSE or SQLITE_RANGE or SQLITE_TOOBIG),
    };

    public static Exception AsFailure(this SqliteException exception) =>
        exception.SqliteErrorCode == SQLITE_FULL ? FailureException.StoreFull(exception)
        : IsOfTheStore(exception) ? FailureException.StoreUnavailable(exception)
        : exception;
}
