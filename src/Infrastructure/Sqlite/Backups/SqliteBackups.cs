using Microsoft.Data.Sqlite;
using OrderIssues.Application.Backups;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.SqliteDriver;
using static SQLitePCL.raw;

namespace OrderIssues.Infrastructure.Sqlite.Backups;

/// <summary>Backups of the SQLite file.</summary>
internal sealed class SqliteBackups(SqliteDatabase database, TimeProvider time) : IStoreBackups
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss.fff'Z'";
    private const string QuickCheck = "quick_check";
    private const string IntegrityCheck = "integrity_check";

    // So that a copy under way isn't taken for one.
    private const string Unfinished = ".unfinished";

    public DateTimeOffset? LastMadeAt => File.Exists(Mark) ? File.GetLastWriteTimeUtc(Mark) : null;

    // Beside the store, since a service doesn't know the folder of the copies.
    private string Mark => $"{database.File}-backup";

    public StoreCopy Make(string folder, int keep) => OrFail("No backup was made", () =>
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var name = Path.GetFileNameWithoutExtension(database.File);
        var file = Path.Combine(folder, $"{name}-{Now()}.db");
        using var unfinished = new UnfinishedFile(file + Unfinished);
        using (var store = database.OpenToRead())
        {
            StoreFile.Copy(store, unfinished.Path);
        }

        var found = CheckCopy(unfinished.Path, out _);
        File.Move(unfinished.Path, file);
        Folders.Flush(folder);
        OwnersFile.Create(Mark).Dispose();
        File.SetLastWriteTimeUtc(Mark, time.GetUtcNow().UtcDateTime);
        return new StoreCopy(file, found.Issues, found.LastEvent, new FileInfo(file).Length, DeleteOlder(folder, name, keep));
    });

    public RestoredStore Restore(string copy) => OrFail("Nothing was restored", () =>
    {
        copy = Path.GetFullPath(copy);
        Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        using var unfinished = new UnfinishedFile(database.File + Unfinished);
        using (var connection = StoreFile.OpenCopy(copy))
        {
            StoreFile.Copy(connection, unfinished.Path);
        }

        var found = CheckCopy(unfinished.Path, out var version);
        if (Math.Abs(version) > Migrations.All.Length)
        {
            throw new BackupException($"{copy} was written by a newer version of this service.");
        }

        var before = File.Exists(database.File) ? $"{database.File}.before-{Now()}" : null;
        StoreReplacement.Put(unfinished.Path, database.File, before);
        Folders.Flush(Path.GetDirectoryName(database.File)!);
        return new RestoredStore(database.File, found.Issues, found.LastEvent, before);
    });

    public StoreCheck Check() => OrFail("The store can't be checked", () =>
    {
        try
        {
            using var store = database.OpenToRead();
            return StoreFile.Check(store, IntegrityCheck, out _);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB)
        {
            // So broken that it can't be looked through.
            return new StoreCheck(database.File, 0, 0, [exception.Message]);
        }
    });

    private static StoreCheck CheckCopy(string file, out long version)
    {
        using var connection = StoreFile.OpenCopy(file);
        var found = StoreFile.Check(connection, QuickCheck, out version);
        return found.Problems.Count == 0 ? found : throw new BackupException($"The copy is broken: {found.Problems[0]}");
    }

    // By their names, which begin with the time.
    private List<string> DeleteOlder(string folder, string name, int keep)
    {
        // What a killed process left; nothing takes so long.
        foreach (var left in Directory.GetFiles(folder, $"{name}-*{Unfinished}*").Where(IsOld))
        {
            File.Delete(left);
        }

        var older = Directory.GetFiles(folder, $"{name}-????????T??????.???Z.db")
            .OrderDescending(StringComparer.Ordinal)
            .Skip(keep)
            .ToList();
        older.ForEach(File.Delete);
        return older;
    }

    private static T OrFail<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BackupException($"{what}: {exception.Message}", exception);
        }
    }

    private bool IsOld(string file) => time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > TimeSpan.FromDays(1);

    private string Now() => time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A file that is gone in the end, unless it was moved.</summary>
    private sealed class UnfinishedFile : IDisposable
    {
        public UnfinishedFile(string path)
        {
            Path = path;
            File.Delete(path);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
