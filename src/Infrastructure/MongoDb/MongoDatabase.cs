using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoDatabase
{
    private const string DefaultName = "order-issue";
    private static readonly TimeSpan ServerSelectionTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(5);

    // Longer than the server's own limit, so that the server reports the timeout.
    private static readonly TimeSpan SocketTimeout = TimeSpan.FromSeconds(7);

    /// <exception cref="StartupException">The URI isn't one. The message doesn't repeat it, since it may hold a password.</exception>
    public MongoDatabase(string uri, string issuesCollection)
    {
        try
        {
            var url = new MongoUrl(uri);
            Database = new MongoClient(SettingsOf(url)).GetDatabase(url.DatabaseName ?? DefaultName);
        }
        catch (Exception exception) when (exception is MongoException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new StartupException("ConnectionStrings:MongoDb isn't a MongoDB URI: mongodb://host:27017/database.");
        }

        Issues = Database.GetCollection<BsonDocument>(issuesCollection);
    }

    /// <summary>Server's time limit for queries that may scan.</summary>
    public static TimeSpan QueryTimeout => OperationTimeout;

    public IMongoDatabase Database { get; }

    public IMongoCollection<BsonDocument> Issues { get; }

    /// <summary>Looks for an issue with this value for a number; false without an index, since that would read all issues.</summary>
    // A unique index takes 1600001 as a number and as a text for two.
    public async Task<bool> HasIssueIdAsync(BsonValue issueId, CancellationToken cancellationToken)
    {
        var byIssueId = new FindOptions { Hint = new BsonDocument(IssueField.IssueId.Name, 1) };
        try
        {
            return await Issues.Find(new BsonDocument(IssueField.IssueId.Name, issueId), byIssueId).AnyAsync(cancellationToken);
        }
        catch (MongoCommandException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            return false;
        }
    }

    private static MongoClientSettings SettingsOf(MongoUrl url)
    {
        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName ??= "order-issue-service";
        settings.ServerSelectionTimeout = ServerSelectionTimeout;
        settings.ConnectTimeout = ServerSelectionTimeout;
        settings.SocketTimeout = SocketTimeout;
        settings.ReadPreference = ReadPreference.Primary;
        settings.WriteConcern = WriteConcern.WMajority.With(wTimeout: OperationTimeout, journal: true);
        return settings;
    }
}

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
