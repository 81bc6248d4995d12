using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;
using OrderIssues.Infrastructure.MongoDb;
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
        services.TryAddSingleton(TimeProvider.System);
        if (configuration.GetConnectionString("MongoDb") is { Length: > 0 } mongoDb)
        {
            return services.AddMongoDb(mongoDb, configuration);
        }

        if (configuration.GetConnectionString("Sqlite") is { Length: > 0 } sqlite)
        {
            return services.AddSqlite(sqlite, environment);
        }

        return environment.IsDevelopment()
            ? services.AddSqlite(DevelopmentDatabase, environment)
            : throw new StartupException(
                "ConnectionStrings:MongoDb or ConnectionStrings:Sqlite must be set outside Development: where issues are kept is no guess.");
    }

    private static IServiceCollection AddMongoDb(this IServiceCollection services, string uri, IConfiguration configuration)
    {
        services.AddHealthChecks().AddCheck<MongoHealth>("store");
        return services
            .AddSingleton(new MongoDatabase(uri, configuration["MongoDb:IssuesCollection"]))
            .AddSingleton(provider => new IssueCounter(provider.GetRequiredService<MongoDatabase>(), configuration["MongoDb:CountersCollection"] is { Length: > 0 } name ? name : null))
            .AddSingleton<IOrderIssueStore, MongoOrderIssueStore>()
            .AddHostedService<MongoStartup>();
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString, IHostEnvironment environment)
    {
        services.AddHealthChecks().AddCheck<SqliteHealth>("store");
        return services
            .AddSingleton(new SqliteDatabase(connectionString, environment.ContentRootPath))
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
