using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Migrates the database before the first request.</summary>
internal sealed partial class SqliteStartup(SqliteDatabase database, ILogger<SqliteStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        SqliteSchema.Migrate(database);
        LogReady(database.File);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Issues are kept in the SQLite file {File}")]
    private partial void LogReady(string file);
}

internal sealed class SqliteHealth(SqliteDatabase database, SqliteReaders readers, SqliteWriter writer) : IHealthCheck
{
    // As large as an issue with many messages: a full disk often has room for a little more.
    private const string TryToWrite =
        "INSERT OR REPLACE INTO records (kind, key, version, content, attachment) VALUES ('health', 'trial', '', '', zeroblob(262144))";

    private const string RemoveTrial = "DELETE FROM records WHERE kind = 'health'";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            // A disk that hangs would hold the answer.
            var version = await Task.Run(() => readers.Read(ReadVersion), CancellationToken.None).WaitAsync(cancellationToken);
            if (version < 0)
            {
                return HealthCheckResult.Degraded(FailureException.StoreFenced().Message);
            }

            if (writer.IsFailing)
            {
                await WriteAsync(TryToWrite, cancellationToken);
                await WriteAsync(RemoveTrial, cancellationToken);
            }

            return HealthCheckResult.Healthy();
        }
        catch (FailureException failure)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }

    private long ReadVersion(SqliteSession session)
    {
        database.HasItsLog();
        session.First("SELECT seq FROM counters", row => row.Integer());
        return session.First("PRAGMA user_version", row => row.Integer());
    }

    private Task<bool> WriteAsync(string statement, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            session.Execute(statement);
            return true;
        },
        cancellationToken);
}
