using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Security;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>The service on a real socket, with an empty store of its own.</summary>
internal sealed class Service : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder folder = new();
    private readonly FrameworkLimiter limiter = new();
    private readonly TimeProvider? time;
    private readonly Action<IServiceCollection>? configure;
    private readonly List<(string Key, string Value)> settings;

    private Service(StoreKind store, TimeProvider? time, Action<IServiceCollection>? configure, IEnumerable<(string Key, string Value)> settings)
    {
        this.time = time;
        this.configure = configure;
        MongoDb = store == StoreKind.MongoDb ? RequireMongoDb() : null;
        this.settings =
        [
            // A port of UseKestrel's would be set beside the starting service, and too late at times.
            (WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0"),
            MongoDb is null ? ("ConnectionStrings:Sqlite", $"Data Source={File}") : ("ConnectionStrings:MongoDb", MongoDb),

            // Each host would count what all the others in this process do, too.
            ("Telemetry:Metrics", "false"),
            .. settings,
        ];
        UseKestrel();
        Api = new Api(CreateClient());
    }

    public Api Api { get; }

    public CapturedLog Log { get; } = new(Leaks.LookInLog);

    /// <summary>The URI of its database, where that is its store.</summary>
    public string? MongoDb { get; }

    public string File => Path.Combine(folder.Path, "order-issues.db");

    public static Service On(StoreKind store, params (string Key, string Value)[] settings) => new(store, null, null, settings);

    public static Service On(StoreKind store, TimeProvider time, params (string Key, string Value)[] settings) => new(store, time, null, settings);

    /// <summary>Another one on the store of this one and with its settings, whose services are these but for what <paramref name="configure"/> makes of them.</summary>
    public Service Another(Action<IServiceCollection>? configure = null, params (string Key, string Value)[] others) =>
        new(MongoDb is null ? StoreKind.Sqlite : StoreKind.MongoDb, time, configure, [.. settings, .. others]);

    public static Service On(StoreKind store, Action<IServiceCollection> configure, params (string Key, string Value)[] settings) =>
        new(store, null, configure, settings);

    public static Service On(StoreKind store, TimeProvider time, Action<IServiceCollection> configure) => new(store, time, configure, []);

    /// <summary>With services other than its own.</summary>
    public static Service With(Action<IServiceCollection> configure, params (string Key, string Value)[] settings) => new(StoreKind.Sqlite, null, configure, settings);

    public static Service Start(params (string Key, string Value)[] settings) => On(StoreKind.Sqlite, settings);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in settings)
        {
            Leaks.Configure(key, value);
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(limiter));
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        if (configure is not null)
        {
            builder.ConfigureServices(configure);
        }

        if (time is not null)
        {
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(time)));
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            limiter.Dispose();
            SqliteConnection.ClearAllPools();
            folder.Dispose();
            if (MongoDb is not null)
            {
                new MongoClient(MongoDb).DropDatabase(new MongoUrl(MongoDb).DatabaseName);
            }
        }
    }

    /// <summary>Skips the test where there is no server.</summary>
    private static string RequireMongoDb()
    {
        var uri = Task.Run(MongoServer.NewDatabaseAsync).GetAwaiter().GetResult();
        if (uri is null)
        {
            Assert.Ignore(MongoServer.HowTo);
        }

        return uri;
    }
}
