using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.SqliteDriver;

/// <summary>Tells faults of the disk, the file or its other users from faults of this program.</summary>
internal static class SqliteFailures
{
    /// <summary>True for a fault of the disk, the file or its other users, which fails other statements too.</summary>
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
