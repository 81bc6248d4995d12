using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Healthy while the server answers.</summary>
internal sealed class MongoHealth(MongoDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await database.Database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (MongoFailures.IsUnavailable(exception))
        {
            return HealthCheckResult.Unhealthy("MongoDB can't be reached.");
        }
    }
}
