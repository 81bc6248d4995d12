using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>The service on a real socket, with an empty store of its own.</summary>
internal sealed class Service : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder folder = new();
    private readonly TimeProvider? time;
    private readonly (string Key, string Value)[] settings;

    private Service(TimeProvider? time, (string Key, string Value)[] settings)
    {
        this.time = time;
        this.settings = settings;
        UseKestrel(0);
        Api = new Api(CreateClient());
    }

    public Api Api { get; }

    public CapturedLog Log { get; } = new();

    public string File => Path.Combine(folder.Path, "order-issues.db");

    public static Service Start(params (string Key, string Value)[] settings) => new(null, settings);

    public static Service Start(TimeProvider time) => new(time, []);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development").UseSetting("ConnectionStrings:Sqlite", $"Data Source={File}");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
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
            SqliteConnection.ClearAllPools();
            folder.Dispose();
        }
    }
}
