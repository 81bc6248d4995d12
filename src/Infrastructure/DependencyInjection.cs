using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Infrastructure.Freshdesk;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.Infrastructure.SampleTickets;
using OrderIssues.Infrastructure.Sqlite;
using OrderIssues.Infrastructure.TikTokShop;
using OrderIssues.Infrastructure.Webhooks;

namespace OrderIssues.Infrastructure;

internal sealed class StoreConnections
{
    public string? MongoDb { get; set; }

    public string? Sqlite { get; set; }
}

public static class DependencyInjection
{
    /// <summary>Registers the store and the ticket systems that the configuration names.</summary>
    /// <exception cref="StartupException">A configured value can't be used, or a needed one is missing.</exception>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) => services
        .AddStore(configuration, environment)
        .AddFreshdesk(configuration)
        .AddSampleTickets(environment)
        .AddTikTokShop(configuration)
        .AddWebhookSender(configuration);

    /// <summary>Registers the store alone.</summary>
    /// <exception cref="StartupException">A configured value can't be used, or a needed one is missing.</exception>
    public static IServiceCollection AddStore(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new IssueTypes([], []));
        services.AddSingleton(new OptionsSection("ConnectionStrings", typeof(StoreConnections)));
        services.AddMongoDb(configuration, environment).AddSqlite(configuration, environment);
        return services.Any(service => service.ServiceType == typeof(IOrderIssueStore))
            ? services
            : throw new StartupException(
                "ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set outside Development: "
                + "where issues are kept is no guess.");
    }
}
