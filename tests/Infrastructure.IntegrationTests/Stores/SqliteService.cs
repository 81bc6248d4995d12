using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderIssues.Domain.Issues;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What one process of the service has of Infrastructure, on a SQLite file.</summary>
internal sealed class SqliteService : IDisposable
{
    private readonly IHost host;

    private SqliteService(IHost host) => this.host = host;

    public IOrderIssueStore Store => host.Services.GetRequiredService<IOrderIssueStore>();

    public static SqliteService Start(string file)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Sqlite", $"Data Source={file}")]);
        builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
        var host = builder.Build();
        try
        {
            host.Start();
            return new SqliteService(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose() => host.Dispose();
}
