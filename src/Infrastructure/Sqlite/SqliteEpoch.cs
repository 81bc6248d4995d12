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

    /// <summary>Gives the log a new epoch, unless the note is of this file, and of this log or an earlier state of it.</summary>
    /// <param name="command">Command on the file.</param>
    /// <param name="file">File.</param>
    /// <param name="schema">Number of the schema as it was found, which is another one in a copy by VACUUM.</param>
    public static void Check(SqliteCommand command, string file, long schema)
    {
        var log = Read(command);
        if (Note.Read(file) is not { } note || note.Epoch != log.Epoch || note.Latest > log.Latest
            || note.Schema != schema || note.File != FileIdentity.Of(file))
        {
            command.CommandText = "UPDATE eventLog SET epoch = lower(hex(randomblob(8)))";
            command.ExecuteNonQuery();
        }

        Read(command).Write(file);
    }

    /// <summary>Notes that the file has this log, so that the next start lets it keep its epoch.</summary>
    public static void Keep(string file, EventLogRange log, long schema) =>
        new Note(log.Epoch, log.Latest, schema, FileIdentity.Of(file)).Write(file);

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

    private static Note Read(SqliteCommand command)
    {
        command.CommandText =
            "SELECT epoch, coalesce((SELECT max(sequence) FROM events), 0), schema_version FROM eventLog, pragma_schema_version";
        using var row = command.ExecuteReader();
        row.Read();
        return new Note(row.GetString(0), row.GetInt64(1), row.GetInt64(2), FileIdentity.Of(command.Connection!.DataSource));
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A note of later events tells that an earlier copy took the place of the file.
            var range = await events.GetRangeAsync(cancellationToken);
            if (range != noted && Note.Read(database.File) is { } note && (note.Epoch != range.Epoch || note.Latest < range.Latest))
            {
                (note with { Epoch = range.Epoch, Latest = range.Latest }).Write(database.File);
                noted = range;
            }
        }
        catch (Exception exception) when (exception is FailureException or IOException or UnauthorizedAccessException)
        {
            // The earlier note stays, by which a restored copy is told, unless it was made since.
        }
    }

    /// <summary>Note beside a file.</summary>
    private sealed record Note(string Epoch, long Latest, long Schema, string File)
    {
        public static Note? Read(string file) =>
            System.IO.File.Exists(PathOf(file))
            && System.IO.File.ReadAllText(PathOf(file)).Split(' ') is [var epoch, var latest, var schema, var identity]
            && long.TryParse(latest, out var sequence) && long.TryParse(schema, out var version)
                ? new(epoch, sequence, version, identity)
                : null;

        public void Write(string file)
        {
            var temporary = $"{PathOf(file)}.{Guid.NewGuid():N}";
            using (var note = new StreamWriter(OwnersFile.Create(temporary)))
            {
                note.Write(string.Create(CultureInfo.InvariantCulture, $"{Epoch} {Latest} {Schema} {File}"));
            }

            System.IO.File.Move(temporary, PathOf(file), overwrite: true);
        }

        private static string PathOf(string file) => $"{file}-epoch";
    }
}
