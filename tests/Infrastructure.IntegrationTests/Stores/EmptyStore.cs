using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>An empty store of a test's own, which is gone when it is disposed of.</summary>
internal sealed class EmptyStore : IAsyncDisposable
{
    private readonly TemporaryFolder? folder;
    private readonly MongoTestDatabase? database;

    private EmptyStore(TemporaryFolder? folder, MongoTestDatabase? database)
    {
        this.folder = folder;
        this.database = database;
        Host = StartHost();
    }

    public StoreHost Host { get; }

    /// <summary>Skips the test where there is no server.</summary>
    public static async Task<EmptyStore> StartAsync(StoreKind kind) => kind == StoreKind.Sqlite
        ? new EmptyStore(new TemporaryFolder(), null)
        : new EmptyStore(null, await MongoTestDatabase.RequireAsync());

    /// <summary>One more process on the same store, or the first one: it has nothing of the others but what is stored.</summary>
    public StoreHost StartHost() => database is null
        ? StoreHost.StartSqlite(Path.Combine(folder!.Path, "order-issues.db"))
        : StoreHost.Start(("ConnectionStrings:MongoDb", database.Uri));

    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        folder?.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }
}
