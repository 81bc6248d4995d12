using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

/// <summary>Progress of an index.</summary>
/// <param name="Epoch">Name of the log that it follows.</param>
/// <param name="Sequence">Event up to which it has everything, once all issues are in it.</param>
/// <param name="Event">Name of that event (<see cref="IIndexedTexts.ReadEvent"/>).</param>
/// <param name="ScannedTo">Number of the issue that was put into it last; null once all are.</param>
/// <param name="IsToBePurged">True while it may still have texts that were erased.</param>
internal sealed record IndexProgress(string Epoch, long Sequence, string? Event, long? ScannedTo, bool IsToBePurged = false)
{
    private const string Columns = "SELECT epoch, sequence, event, scannedTo, isToBePurged FROM";

    public static IndexProgress? Read(SqliteSession session) => session.First($"{Columns} progress", Read);

    /// <summary>Reads it in a session that searches.</summary>
    public static IndexProgress? ReadAttached(SqliteSession session) => session.First($"{Columns} {SearchIndexFile.Schema}.progress", Read);

    /// <summary>True for an index that has all that one at the other place has.</summary>
    public bool Has(IndexProgress other) => Epoch == other.Epoch && Sequence >= other.Sequence && ScannedTo is null;

    public void Write(SqliteSession session)
    {
        session.Execute("DELETE FROM progress");
        session.Execute(
            "INSERT INTO progress (epoch, sequence, event, scannedTo, isToBePurged) VALUES (?, ?, ?, ?, ?)",
            Epoch, Sequence, Event, ScannedTo, IsToBePurged ? 1 : 0);
    }

    /// <summary>Notes that no erased text is left.</summary>
    public static void SetPurged(SqliteSession session) => session.Execute("UPDATE progress SET isToBePurged = 0");

    private static IndexProgress Read(SqliteRow row) =>
        new(row.Text()!, row.Integer(), row.Text(), row.OptionalInteger(), row.Integer() != 0);
}
