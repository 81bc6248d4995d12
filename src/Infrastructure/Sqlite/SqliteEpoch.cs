using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using OrderIssues.Domain.Events;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Notes beside the database how far its log of events has come, so that a start tells a restored copy.</summary>
// A copy has all that the database had when it was made, also the epoch. Only what isn't in it can tell.
internal sealed class SqliteEpoch(SqliteDatabase database, IEventLog events, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private EventLogRange? noted;

    /// <summary>Gives the log a new epoch, unless the note is of this log or of an earlier state of it.</summary>
    public static void Check(SqliteCommand command, string file)
    {
        var (epoch, latest) = Read(command);
        if (!File.Exists(NoteOf(file)) || File.ReadAllText(NoteOf(file)).Split(' ') is not [var notedEpoch, var text]
            || notedEpoch != epoch || !long.TryParse(text, out var sequence) || sequence > latest)
        {
            command.CommandText = "UPDATE eventLog SET epoch = lower(hex(randomblob(8)))";
            command.ExecuteNonQuery();
            (epoch, latest) = Read(command);
            Write(file, epoch, latest);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await NoteAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await NoteAsync(stoppingToken);
        }
    }

    private static string NoteOf(string file) => $"{file}-epoch";

    private static (string Epoch, long Latest) Read(SqliteCommand command)
    {
        command.CommandText = "SELECT epoch, coalesce((SELECT max(sequence) FROM events), 0) FROM eventLog";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetString(0), row.GetInt64(1));
    }

    private static void Write(string file, string epoch, long latest)
    {
        var temporary = $"{NoteOf(file)}.{Guid.NewGuid():N}";
        using (var note = new StreamWriter(OwnersFile.Create(temporary)))
        {
            note.Write(string.Create(CultureInfo.InvariantCulture, $"{epoch} {latest}"));
        }

        File.Move(temporary, NoteOf(file), overwrite: true);
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var range = await events.GetRangeAsync(cancellationToken);
            if (range != noted)
            {
                Write(database.File, range.Epoch, range.Latest);
                noted = range;
            }
        }
        catch (Exception exception) when (exception is FailureException or IOException or UnauthorizedAccessException)
        {
            // The earlier note stays, by which a restored copy is told, unless it was made since.
        }
    }
}
