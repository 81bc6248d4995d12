using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Infrastructure.Sqlite.Moves;
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
        "INSERT OR REPLACE INTO records (kind, key, version, content, attachment) "
        + $"VALUES ('{RecordKinds.Health}', 'trial', '', '', zeroblob(262144))";

    private const string RemoveTrial = $"DELETE FROM records WHERE kind = '{RecordKinds.Health}'";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            // A disk that hangs would hold the answer.
            if (await Task.Run(() => readers.Read(IsFenced), CancellationToken.None).WaitAsync(cancellationToken))
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

    private bool IsFenced(SqliteSession session)
    {
        database.HasItsLog();
        session.First("SELECT seq FROM counters", row => row.Integer());
        return SqliteFence.IsIn(session);
    }

    private Task<bool> WriteAsync(string statement, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            session.Execute(statement);
            return true;
        },
        cancellationToken);
}
