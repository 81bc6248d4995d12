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

internal sealed class SqliteHealth(SqliteReaders readers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            readers.Read(session => session.First("SELECT seq FROM counters", row => row.Integer()));
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (FailureException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The SQLite file can't be read."));
        }
    }
}
