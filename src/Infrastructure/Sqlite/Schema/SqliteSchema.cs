using Microsoft.Data.Sqlite;
using OrderIssues.Application.Moves;
using OrderIssues.Domain;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite.Schema;

/// <summary>Migrates a file, counting steps in <c>user_version</c>.</summary>
internal static class SqliteSchema
{
    /// <summary>Creates or migrates the file, safely among processes.</summary>
    /// <param name="database">Database.</param>
    /// <param name="passesFence">True to leave a file alone that takes no changes, and has the schema.</param>
    /// <exception cref="StartupException">The file is unusable, or a newer version of this service wrote it.</exception>
    public static void Migrate(SqliteDatabase database, bool passesFence = false)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
            // SQLite gives -wal and -shm the permissions of the file.
            OwnersFile.Create(database.File).Dispose();
            using var connection = database.OpenToWrite(create: true);
            connection.CreateFunction<string, string>("withoutFormatCharacters", FormatCharacters.Remove, isDeterministic: true);
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "PRAGMA user_version";
            var version = (int)(long)command.ExecuteScalar()!;
            if (passesFence && version == -Migrations.All.Length)
            {
                return;
            }

            if (version < 0)
            {
                command.CommandText = "SELECT EXISTS (SELECT 1 FROM records WHERE kind = $kind)";
                command.Parameters.AddWithValue("$kind", MovedRecords.Mark);
                var what = (long)command.ExecuteScalar()! != 0
                    ? "a move into it isn't finished. Run the command move again."
                    : "it was moved to another store, or a move there isn't finished. To stay with it, run the command move --release.";
                throw new StartupException($"ConnectionStrings:Sqlite: {database.File} takes no changes: {what}");
            }

            if (version > Migrations.All.Length)
            {
                throw new StartupException(
                    $"ConnectionStrings:Sqlite: {database.File} was written by a newer version of this service (schema {version}; "
                    + $"this version knows {Migrations.All.Length}).");
            }

            command.CommandText = "PRAGMA schema_version";
            var schema = (long)command.ExecuteScalar()!;
            command.CommandText = string.Concat(Migrations.All.Skip(version)) + $"PRAGMA user_version = {Migrations.All.Length}";
            command.ExecuteNonQuery();
            SqliteEpoch.Check(command, database.File, schema);
            transaction.Commit();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"ConnectionStrings:Sqlite: {database.File} can't be used: {exception.Message}");
        }
    }
}
