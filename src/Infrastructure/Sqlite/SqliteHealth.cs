using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrderIssues.Infrastructure.Sqlite;

/// <summary>Healthy while the file can be read.</summary>
internal sealed class SqliteHealth(SqliteDatabase database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = database.OpenToRead();
            connection.ExecuteScalar("SELECT seq FROM counters");
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (SqliteException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The SQLite file can't be read."));
        }
    }
}
