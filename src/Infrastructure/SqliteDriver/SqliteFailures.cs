using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Tells what is wrong with the disk, the file or its other users from what is wrong with this program.</summary>
internal static class SqliteFailures
{
    /// <summary>Whether the disk, the file or its other users are at fault, so that whatever else is tried may fail as well.</summary>
    public static bool IsOfTheStore(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: not (SQLITE_ERROR or SQLITE_CONSTRAINT or SQLITE_MISMATCH or SQLITE_MISUSE or SQLITE_RANGE or SQLITE_TOOBIG),
    };

    public static Exception AsFailure(this SqliteException exception) => !IsOfTheStore(exception)
        ? exception
        : new FailureException(FailureCode.StoreUnavailable, "The store can't be reached right now.", exception)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };
}
