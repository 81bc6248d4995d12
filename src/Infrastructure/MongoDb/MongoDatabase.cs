using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace OrderIssues.Infrastructure.MongoDb;

internal sealed class MongoDatabase : IDisposable
{
    private const string DefaultName = "order-issue";

    /// <summary>Connections for each query that may scan.</summary>
    private const int ConnectionsPerQuery = 4;

    // Longer than a set with the default settings takes to elect a primary. Twice fits into a request, since the driver tries again.
    private static readonly TimeSpan ServerSelectionTimeout = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WaitQueueTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(5);

    // Longer than the server's own limit, so that the server reports the timeout.
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turns;

    private readonly IMongoDatabase withoutSocketTimeout;

    /// <exception cref="StartupException">The URI isn't one. The message doesn't repeat it, since it may hold a password.</exception>
    public MongoDatabase(string uri, string issuesCollection, Action<MongoClientSettings>? configure = null)
    {
        try
        {
            var url = new MongoUrl(uri);
            if (url.DatabaseName is { } name && !IsDatabaseName(name))
            {
                throw new StartupException($"ConnectionStrings:MongoDb: '{name}' can't be a database's name.");
            }

            var settings = SettingsOf(url);
            configure?.Invoke(settings);
            Database = new MongoClient(settings).GetDatabase(url.DatabaseName ?? DefaultName);
            withoutSocketTimeout = new MongoClient(ForMinutes(settings)).GetDatabase(Database.DatabaseNamespace.DatabaseName);
        }
        catch (Exception exception) when (exception is MongoException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new StartupException("ConnectionStrings:MongoDb isn't a MongoDB URI: mongodb://host:27017/database.");
        }

        Issues = Database.GetCollection<BsonDocument>(issuesCollection);
        turns = new SemaphoreSlim(Math.Max(Database.Client.Settings.MaxConnectionPoolSize / ConnectionsPerQuery, 1));
    }

    /// <summary>Server's time limit for queries that may scan.</summary>
    public static TimeSpan QueryTimeout => OperationTimeout;

    /// <summary>Server's time limit for reading a whole collection in the background.</summary>
    public static TimeSpan LongTimeout => TimeSpan.FromMinutes(10);

    public IMongoDatabase Database { get; }

    public IMongoCollection<BsonDocument> Issues { get; }

    /// <summary>Runs a query that may scan, a few at a time: the other connections stay free for short operations.</summary>
    public async Task<T> QueryAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await query();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    /// <summary>The same collection, for commands that may take minutes.</summary>
    public IMongoCollection<BsonDocument> LongRunning(IMongoCollection<BsonDocument> collection) =>
        withoutSocketTimeout.GetCollection<BsonDocument>(collection.CollectionNamespace.CollectionName);

    // https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
    private static bool IsDatabaseName(string name) =>
        name is not ("admin" or "local" or "config")
        && name.IndexOfAny(['/', '\\', '.', ' ', '"', '$', '*', '<', '>', ':', '|', '?', '\0']) < 0
        && Encoding.UTF8.GetByteCount(name) < 64;

    // The URI's options count, but for those that would weaken what is promised: w, journal, readPreference.
    private static MongoClientSettings SettingsOf(MongoUrl url)
    {
        var settings = MongoClientSettings.FromUrl(url);
        var writeTimeout = url.WTimeout ?? OperationTimeout;
        settings.ApplicationName ??= "order-issue-service";
        settings.ServerSelectionTimeout = Either(url.ServerSelectionTimeout, MongoDefaults.ServerSelectionTimeout, ServerSelectionTimeout);
        settings.ConnectTimeout = Either(url.ConnectTimeout, MongoDefaults.ConnectTimeout, ConnectTimeout);
        settings.SocketTimeout = Either(url.SocketTimeout, MongoDefaults.SocketTimeout, writeTimeout + AnswerMargin);
        settings.WaitQueueTimeout = Either(url.WaitQueueTimeout, MongoDefaults.WaitQueueTimeout, WaitQueueTimeout);
        settings.ReadPreference = ReadPreference.Primary;
        settings.ReadConcern = settings.ReadConcern.Level == ReadConcernLevel.Available ? ReadConcern.Default : settings.ReadConcern;
        settings.WriteConcern = WriteConcern.WMajority.With(wTimeout: writeTimeout, journal: true);
        return settings;
    }

    private static TimeSpan Either(TimeSpan ofUri, TimeSpan ofDriver, TimeSpan ours) => ofUri == ofDriver ? ours : ofUri;

    private static MongoClientSettings ForMinutes(MongoClientSettings settings)
    {
        var unhurried = settings.Clone();
        unhurried.SocketTimeout = TimeSpan.Zero;
        unhurried.WriteConcern = settings.WriteConcern.With(wTimeout: null);
        return unhurried;
    }
}

internal sealed class MongoHealth(MongoDatabase database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan PingTimeout = TimeSpan.FromMilliseconds(800);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await database.Database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: cancellationToken)
                .WaitAsync(PingTimeout, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (MongoFailures.IsUnavailable(exception))
        {
            return HealthCheckResult.Unhealthy("MongoDB can't be reached.");
        }
    }
}
