using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What one process of the service has of Infrastructure.</summary>
internal sealed class StoreHost : IDisposable
{
    private readonly IHost host;

    private StoreHost(IHost host, CapturedLog log)
    {
        this.host = host;
        Log = log;
    }

    public IOrderIssueStore Store => host.Services.GetRequiredService<IOrderIssueStore>();

    public IOrderIssueQueries Queries => host.Services.GetRequiredService<IOrderIssueQueries>();

    public IRecordStore Records => host.Services.GetRequiredService<IRecordStore>();

    public IIssueRepair Repair => host.Services.GetRequiredService<IIssueRepair>();

    public IServiceProvider Services => host.Services;

    public CapturedLog Log { get; }

    /// <summary>Ends once what the process prepares in the background is done.</summary>
    public Task PreparedAsync() =>
        host.Services.GetServices<IHostedService>().OfType<MongoStartup>().Single().ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60));

    public static StoreHost StartSqlite(string file) => Start(("ConnectionStrings:Sqlite", $"Data Source={file}"));

    public static StoreHost Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    /// <param name="configure">Adds or replaces services.</param>
    /// <param name="settings">Configuration.</param>
    public static StoreHost Start(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
        configure(builder.Services);
        var log = new CapturedLog();
        builder.Logging.AddProvider(log);
        var host = builder.Build();
        try
        {
            host.Start();
            return new StoreHost(host, log);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Looks through all issues.</summary>
    /// <returns>Those that are or would be repaired.</returns>
    public async Task<List<RepairedIssue>> RepairAsync(bool apply)
    {
        var found = new List<RepairedIssue>();
        await foreach (var batch in Repair.RunAsync(apply, default))
        {
            found.AddRange(batch.Found);
        }

        return found;
    }

    /// <summary>Ends it as a process ends that is asked to.</summary>
    public Task StopAsync() => host.StopAsync();

    public void Dispose() => host.Dispose();
}
