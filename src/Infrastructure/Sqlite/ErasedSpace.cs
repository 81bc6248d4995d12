using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.Sqlite.Moves;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Writes the file anew within an hour of an erasure.</summary>
// Pages from which SQLite moved rows to others keep copies of them, which no setting overwrites.
internal sealed partial class ErasedSpace(
    SqliteDatabase database, SqliteReaders readers, IRecordStore store, TimeProvider time, ILogger<ErasedSpace> logger) : BackgroundService
{
    private const string Key = "file";
    private const string HasErased = $"SELECT 1 FROM events WHERE sequence > ? AND action = '{HistoryActions.Erased}' LIMIT 1";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly Records<Place> places = new(store, RecordKinds.ErasedSpace);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await Task.Run(CleanAsync, stoppingToken);
            }
            catch (Exception exception) when (exception is FailureException or SqliteException)
            {
                LogPutOff(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync()
    {
        var place = await places.FindAsync(Key);
        var (latest, hasErased, isFenced) = readers.Read(session => (
            Events.Range(session).Latest,
            session.First(HasErased, row => row.Integer(), place?.Value.Sequence ?? 0) == 1,
            SqliteFence.IsIn(session)));
        if (!hasErased || isFenced)
        {
            return;
        }

        var start = time.GetTimestamp();
        Rewrite();
        var elapsed = time.GetElapsedTime(start);
        LogRewritten(elapsed);
        if (place is null)
        {
            await places.PutIfAbsentAsync(new() { Key = Key, Value = new(latest) });
        }
        else
        {
            await places.PutIfVersionAsync(place with { Value = new(latest) });
        }
    }

    private void Rewrite()
    {
        using var session = new SqliteSession(database.OpenToWrite());

        // As large as the file: not in memory.
        session.Execute("PRAGMA temp_store = FILE");
        session.Execute("VACUUM");
        SqliteEpoch.Keep(database.File, Events.Range(session), session.First("PRAGMA schema_version", row => row.Integer()));
        if (session.First("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Integer()) != 0)
        {
            throw new SqliteException("Others are reading the file.", SQLitePCL.raw.SQLITE_BUSY);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The SQLite file was written anew in {Elapsed}, after an erasure")]
    private partial void LogRewritten(TimeSpan elapsed);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Erased data may be left in unused parts of the SQLite file for another hour: {Reason}")]
    private partial void LogPutOff(string reason);

    /// <param name="Sequence">Event up to which nothing erased is left.</param>
    private sealed record Place(long Sequence);
}
