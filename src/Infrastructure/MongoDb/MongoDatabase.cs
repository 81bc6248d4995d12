using MongoDB.Bson;
using MongoDB.Driver;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Database of the configured URI, with its timeouts.</summary>
internal sealed class MongoDatabase
{
    private const string DefaultName = "order-issue";
    private static readonly TimeSpan ServerSelectionTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Time to wait for an answer: longer than the server's own limit, so that the server reports the timeout.</summary>
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

    /// <summary>Server's time limit for a query that may scan.</summary>
    public static TimeSpan QueryTimeout => OperationTimeout;

    public IMongoDatabase Database { get; }

    public IMongoCollection<BsonDocument> Issues { get; }

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
