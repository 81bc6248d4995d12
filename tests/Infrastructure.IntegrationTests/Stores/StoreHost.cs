using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.TikTokShop.Tokens;
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

    public IIdempotencyRecords IdempotencyRecords => host.Services.GetRequiredService<IIdempotencyRecords>();

    public ITikTokShopTokenStore TikTokShopTokens => host.Services.GetRequiredService<ITikTokShopTokenStore>();

    public CapturedLog Log { get; }

    public static StoreHost StartSqlite(string file) => Start(("ConnectionStrings:Sqlite", $"Data Source={file}"));

    public static StoreHost Start(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
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

    public void Dispose() => host.Dispose();
}
