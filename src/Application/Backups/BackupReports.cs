namespace OrderIssues.Application.Backups;

/// <summary>A copy that was made.</summary>
/// <param name="File">Full path.</param>
/// <param name="Issues">Issues in it.</param>
/// <param name="LastEvent">Sequence of the last event in it; 0 for none.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Deleted">Full paths of older copies that were deleted.</param>
public sealed record StoreCopy(string File, long Issues, long LastEvent, long Bytes, IReadOnlyList<string> Deleted);

/// <summary>A store in whose place a copy was put.</summary>
/// <param name="File">Full path of the store.</param>
/// <param name="Issues">Issues in it now.</param>
/// <param name="LastEvent">Sequence of the last event in it; 0 for none.</param>
/// <param name="Before">Full path of what was there before; null for nothing.</param>
public sealed record RestoredStore(string File, long Issues, long LastEvent, string? Before);

/// <summary>Outcome of a look through a store.</summary>
/// <param name="File">Full path.</param>
/// <param name="Issues">Issues in it.</param>
/// <param name="LastEvent">Sequence of the last event in it; 0 for none.</param>
/// <param name="Problems">
/// What is broken in the file (https://sqlite.org/pragma.html#pragma_integrity_check); empty for a sound one.
/// </param>
public sealed record StoreCheck(string File, long Issues, long LastEvent, IReadOnlyList<string> Problems);

/// <summary>Tells why there is no backup, or why it can't be restored.</summary>
public sealed class BackupException(string message, Exception? innerException = null) : Exception(message, innerException);
