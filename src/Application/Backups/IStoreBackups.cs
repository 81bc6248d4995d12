namespace OrderIssues.Application.Backups;

/// <summary>Makes copies of the embedded store, and puts them in its place.</summary>
public interface IStoreBackups
{
    /// <summary>Time of the last copy that was made; null for none.</summary>
    DateTimeOffset? LastMadeAt { get; }

    /// <summary>Copies the store into a new file, while services may run, and looks through the copy.</summary>
    /// <param name="folder">Folder of the copies, which is made where there is none.</param>
    /// <param name="keep">Copies of this store that stay there: the newest ones, at least 1.</param>
    /// <exception cref="BackupException">There is no sound copy; those that were there before stay.</exception>
    StoreCopy Make(string folder, int keep);

    /// <summary>Puts a copy in the place of the store, which no process may use meanwhile, and keeps what was there beside it.</summary>
    /// <param name="copy">File of the copy, which stays.</param>
    /// <exception cref="BackupException">The store is in use, or the copy can't take its place. The store is as it was.</exception>
    RestoredStore Restore(string copy);

    /// <summary>Looks through the store, while services may run.</summary>
    /// <exception cref="BackupException">It can't be read.</exception>
    StoreCheck Check();
}
