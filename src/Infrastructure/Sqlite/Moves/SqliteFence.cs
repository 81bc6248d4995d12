using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Moves;

/// <summary>Keeps every process from writing to the file, but this one.</summary>
// The fence is a negative version of the schema, which the writer reads in each transaction.
internal sealed class SqliteFence(SqliteDatabase database, SqliteWriter writer)
{
    public static bool IsIn(SqliteSession session) => session.First("PRAGMA user_version", row => row.Integer()) < 0;

    public Task SetAsync(CancellationToken cancellationToken) => WriteAsync(
        session =>
        {
            Put(session);
            return true;
        },
        cancellationToken);

    /// <returns>False where there was none.</returns>
    /// <exception cref="MoveException">A move into the file isn't finished.</exception>
    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => WriteAsync(
        session =>
        {
            if (MoveMark.Find(session) is not null)
            {
                throw new MoveException($"The move into {database.File} isn't finished: run it again, or delete the file.");
            }

            var wasFenced = IsIn(session);
            Remove(session);
            return wasFenced;
        },
        cancellationToken);

    /// <summary>Writes also behind the fence, as the whole process does from then on.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        writer.PassesFence = true;
        return writer.WriteAsync(work, cancellationToken);
    }

    public void Put(SqliteSession session) => session.Execute($"PRAGMA user_version = {-database.SchemaVersion}");

    public void Remove(SqliteSession session) => session.Execute($"PRAGMA user_version = {database.SchemaVersion}");
}

/// <summary>Record of a move into the file that isn't finished.</summary>
internal static class MoveMark
{
    private const string Insert = "INSERT OR REPLACE INTO records (kind, key, version, content) VALUES (?, 'target', ?, ?)";

    /// <summary>Run that fills the file; null for none.</summary>
    public static MoveRun? Find(SqliteSession session) => session.First(
        "SELECT content, version FROM records WHERE kind = ?", row => new MoveRun(row.Text()!, row.Text()!), MovedRecords.Mark);

    public static void Put(SqliteSession session, MoveRun run) => session.Execute(Insert, MovedRecords.Mark, run.Id, run.Epoch);

    public static void Remove(SqliteSession session) => session.Execute("DELETE FROM records WHERE kind = ?", MovedRecords.Mark);
}
