using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Healthy while the file can be read.</summary>
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
