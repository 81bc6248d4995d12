using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Infrastructure.Freshdesk;
using OrderIssues.Infrastructure.MongoDb;
using OrderIssues.Infrastructure.SampleTickets;
using OrderIssues.Infrastructure.Sqlite;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.Sqlite.Tables;
using OrderIssues.Infrastructure.SqliteDriver;
using OrderIssues.Infrastructure.TikTokShop;
using OrderIssues.Infrastructure.TikTokShop.Tokens;

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
        var issues = CollectionName(configuration, "MongoDb:IssuesCollection");
        var counters = CollectionName(configuration, "MongoDb:CountersCollection");
        services.AddHealthChecks().AddCheck<MongoHealth>("store");
        return services
            .AddSingleton(new MongoDatabase(uri, issues))
            .AddSingleton(provider => new IssueCounter(provider.GetRequiredService<MongoDatabase>(), counters))
            .AddSingleton<MongoIssueReader>()
            .AddSingleton<IOrderIssueStore, MongoOrderIssueStore>()
            .AddSingleton<IOrderIssueQueries, MongoOrderIssueQueries>()
            .AddSingleton<IIdempotencyRecords, MongoIdempotencyRecords>()
            .AddSingleton<ITikTokShopTokenStore, MongoTikTokShopTokenStore>()
            .AddHostedService<MongoStartup>();
    }

    /// <summary>As https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions has it; null where none is configured.</summary>
    private static string? CollectionName(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => null,
        var name when name.Contains('$') || name.Contains("..", StringComparison.Ordinal) || name.StartsWith('.') || name.EndsWith('.')
            || name.StartsWith("system.", StringComparison.Ordinal) => throw new StartupException($"{key}: '{name}' can't be a collection's name."),
        var name => name,
    };

    private static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString, IHostEnvironment environment)
    {
        services.AddHealthChecks().AddCheck<SqliteHealth>("store");
        return services
            .AddSingleton(new SqliteDatabase(connectionString, environment.ContentRootPath, Migrations.All.Length))
            .AddSingleton<SqliteReaders>()
            .AddSingleton<SqliteCheckpoints>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteWriter>(
                provider, (Action<SqliteSession>)SearchTables.MergeSome))
            .AddSingleton<IOrderIssueStore, SqliteOrderIssueStore>()
            .AddSingleton<IOrderIssueQueries, SqliteOrderIssueQueries>()
            .AddSingleton<IIdempotencyRecords, SqliteIdempotencyRecords>()
            .AddSingleton<ITikTokShopTokenStore, SqliteTikTokShopTokenStore>()
            .AddHostedService<SqliteStartup>();
    }

    private static IServiceCollection AddTicketSources(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (TikTokShopOptions.Read(configuration) is { } tikTokShop)
        {
            services.AddTikTokShop(tikTokShop);
        }

        return FreshdeskOptions.Read(configuration) is { } freshdesk ? services.AddFreshdesk(freshdesk)
            : environment.IsDevelopment() ? services.AddSampleTickets()
            : services;
    }
}
