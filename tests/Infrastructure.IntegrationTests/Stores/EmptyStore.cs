using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>An empty store of a test's own, which is gone when it is disposed of.</summary>
internal sealed class EmptyStore : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MongoTestDatabase? database;
    private readonly bool hasIndexFile;

    private EmptyStore(MongoTestDatabase? database, bool hasIndexFile)
    {
        this.database = database;
        this.hasIndexFile = hasIndexFile;
        Host = StartHost();
    }

    public StoreHost Host { get; }

    public (string Key, string Value) Setting => database is null
        ? ("ConnectionStrings:Sqlite", $"Data Source={File}")
        : ("ConnectionStrings:MongoDb", database.Uri);

    /// <summary>Clock of all processes, which begins now: a MongoDB server removes expired documents by its own.</summary>
    public FakeTimeProvider Time { get; } = NewTime();

    public string File => Path.Combine(folder.Path, "order-issues.db");

    /// <summary>File of the index of texts.</summary>
    public string IndexFile => $"{File}-search";

    public MongoTestDatabase Database => database!;

    /// <summary>Clock that begins now, cut to the milliseconds that stores keep.</summary>
    public static FakeTimeProvider NewTime() =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Skips the test where there is no server.</summary>
    /// <param name="kind">Kind of store.</param>
    /// <param name="hasIndexFile">True for an index of texts also of MongoDB.</param>
    public static async Task<EmptyStore> StartAsync(StoreKind kind, bool hasIndexFile = false) =>
        new(kind == StoreKind.Sqlite ? null : await MongoTestDatabase.RequireAsync(), hasIndexFile);

    /// <summary>One more process on the same store, or the first one: it has nothing of the others but what is stored.</summary>
    public StoreHost StartHost() => StoreHost.Start(
        services => services.AddSingleton<TimeProvider>(Time),
        [Setting, .. hasIndexFile && database is not null ? [("Search:IndexFile", IndexFile)] : Array.Empty<(string, string)>()]);

    /// <summary>Lets some time pass, and what waits for it go on.</summary>
    public Task PassAsync()
    {
        Time.Advance(TimeSpan.FromMilliseconds(250));
        return Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        folder.Dispose();
        await (database?.DropAsync() ?? Task.CompletedTask);
    }
}
