using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.Infrastructure.MongoDb.Events;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>A process of the service, and the commands that it sends to MongoDB.</summary>
internal sealed class WatchedMongo : IDisposable
{
    private readonly ConcurrentQueue<BsonDocument> commands = new();
    private readonly string appName = $"test-{Guid.NewGuid():N}";
    private readonly MongoTestDatabase database;

    public WatchedMongo(MongoTestDatabase database, TimeProvider? time = null, TimeSpan? socketTimeout = null)
    {
        this.database = database;
        var watched = new MongoDatabase(database.Uri, "orderissues", settings =>
        {
            settings.ApplicationName = appName;
            settings.SocketTimeout = socketTimeout ?? settings.SocketTimeout;
            settings.ClusterConfigurator = cluster => cluster.Subscribe<CommandStartedEvent>(Keep);
        });
        Host = StoreHost.Start(
            services =>
            {
                services.AddSingleton(watched).AddSingleton(time ?? TimeProvider.System);

                // It sends commands of its own.
                services.Remove(services.Single(service => service.ImplementationType == typeof(EventPublisher)));
            },
            ("ConnectionStrings:MongoDb", database.Uri));
    }

    public StoreHost Host { get; }

    public IEnumerable<BsonDocument> Commands => commands;

    public IEnumerable<string> Names => commands.Select(command => command.GetElement(0).Name);

    /// <summary>Forgets what was sent so far.</summary>
    public void Clear() => commands.Clear();

    /// <summary>Has the next commands of a name fail or wait; skips the test where the server can't.</summary>
    public async Task FailAsync(string command, string data, int times = 1)
    {
        var failPoint = BsonDocument.Parse($$"""
            { "configureFailPoint": "failCommand", "mode": { "times": {{times}} },
              "data": { "failCommands": ["{{command}}"], "appName": "{{appName}}" } }
            """);
        failPoint["data"].AsBsonDocument.AddRange(BsonDocument.Parse(data));
        try
        {
            await database.Database.Client.GetDatabase("admin").RunCommandAsync<BsonDocument>(failPoint);
        }
        catch (MongoCommandException exception)
        {
            Assert.Ignore($"The server takes no fail points: {exception.Message}");
        }
    }

    public void Dispose() => Host.Dispose();

    private void Keep(CommandStartedEvent started)
    {
        // Connections are opened and closed at any time.
        if (started.CommandName is not ("hello" or "isMaster" or "ping" or "endSessions" or "buildInfo"))
        {
            commands.Enqueue(BsonSerializer.Deserialize<BsonDocument>(started.Command.ToBson()));
        }
    }
}
