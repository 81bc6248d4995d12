using Microsoft.Data.Sqlite;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Brings the tables of a file up to date. The file's <c>user_version</c> counts its migrations.</summary>
internal static class SqliteSchema
{
    /// <summary>Creates a missing file and migrates the tables. Safe while other processes do the same.</summary>
    /// <exception cref="StartupException">
    /// The file can't be used: it isn't readable, or a newer version of this service wrote it.
    /// </exception>
    public static void Migrate(SqliteDatabase database)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
            using var connection = database.OpenToWrite(create: true);
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "PRAGMA user_version";
            var version = (int)(long)command.ExecuteScalar()!;
            if (version > Migrations.All.Length)
            {
                throw new StartupException(
                    $"ConnectionStrings:Sqlite: {database.File} was written by a newer version of this service (schema {version}; "
                    + $"this version knows {Migrations.All.Length}).");
            }

            command.CommandText = string.Concat(Migrations.All.Skip(version)) + $"PRAGMA user_version = {Migrations.All.Length}";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"ConnectionStrings:Sqlite: {database.File} can't be used: {exception.Message}");
        }
    }
}
