using OrderIssues.Application.Moves;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Moves;

/// <summary>Keeps every process from writing to the file, but this one.</summary>
// Each transaction reads the version of the schema, which is negative behind the fence.
internal sealed class SqliteFence(SqliteDatabase database, SqliteWriter writer)
{
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

            var wasFenced = session.First("PRAGMA user_version", row => row.Integer()) < 0;
            Remove(session);
            return wasFenced;
        },
        cancellationToken);

    /// <summary>Writes also behind the fence.</summary>
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
    private const string Insert = "INSERT INTO records (kind, key, version, content) VALUES (?, 'target', '', ?)";

    /// <summary>Name of the log of the store that is being moved; null for none.</summary>
    public static string? Find(SqliteSession session) =>
        session.First("SELECT content FROM records WHERE kind = ?", row => row.Text(), MovedRecords.Mark);

    public static void Put(SqliteSession session, string epoch) => session.Execute(Insert, MovedRecords.Mark, epoch);

    public static void Remove(SqliteSession session) => session.Execute("DELETE FROM records WHERE kind = ?", MovedRecords.Mark);
}
