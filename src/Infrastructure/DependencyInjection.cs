using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.SampleTickets;
using OrderIssues.Infrastructure.Sqlite;

namespace OrderIssues.Infrastructure;

public static class DependencyInjection
{
    private const string DevelopmentDatabase = "Data Source=data/order-issues.db";

    /// <summary>The store and the ticket systems that the configuration names.</summary>
    /// <exception cref="StartupException">A configured value can't be used, or a needed one is missing.</exception>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) =>
        services
            .AddStore(configuration, environment)
            .AddTicketSources(configuration, environment);

    private static IServiceCollection AddStore(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (!string.IsNullOrEmpty(configuration.GetConnectionString("MongoDb")))
        {
            throw new StartupException("ConnectionStrings:MongoDb is set, but this version can't keep issues in MongoDB.");
        }

        var sqlite = configuration.GetConnectionString("Sqlite");
        if (string.IsNullOrEmpty(sqlite))
        {
            sqlite = environment.IsDevelopment()
                ? DevelopmentDatabase
                : throw new StartupException("ConnectionStrings:Sqlite must be set outside Development: where issues are kept is no guess.");
        }

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(new SqliteDatabase(sqlite, environment.ContentRootPath))
            .AddSingleton<SqliteWriter>()
            .AddSingleton<IOrderIssueStore, SqliteOrderIssueStore>()
            .AddHostedService<SqliteStartup>();
    }

    private static IServiceCollection AddTicketSources(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() && string.IsNullOrEmpty(configuration["Freshdesk:BaseUrl"])
            ? services
                .AddSingleton<SampleTicketSource>()
                .AddSingleton<ITicketSource>(provider => provider.GetRequiredService<SampleTicketSource>())
                .AddHostedService(provider => provider.GetRequiredService<SampleTicketSource>())
            : services;
}
