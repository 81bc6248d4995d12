using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Backups;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.Search;
using OrderIssues.Infrastructure.Sqlite.Backups;
using OrderIssues.Infrastructure.Sqlite.Moves;
using OrderIssues.Infrastructure.Sqlite.Schema;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Sqlite;

internal static class SqliteSetup
{
    private const string DevelopmentDatabase = "Data Source=data/order-issues.db";

    /// <summary>Registers SQLite unless another store is registered.</summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var configured = configuration.GetConnectionString("Sqlite") is { Length: > 0 } text ? text : null;
        var connectionString = configured ?? (environment.IsDevelopment() ? DevelopmentDatabase : null);
        if (connectionString is null || services.Any(service => service.ServiceType == typeof(IOrderIssueStore)))
        {
            return services;
        }

        var options = new SqliteOptions(connectionString, environment.ContentRootPath);
        var index = new SearchIndexFile($"{options.Connection.DataSource}-search");
        services.AddHealthChecks().AddCheck<SqliteHealth>("store");
        return services
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteDatabase>(provider, options, Migrations.All.Length))
            .AddSingleton(provider => NewReaders(provider, database => database.OpenToRead()))
            .AddSingleton<SqliteCheckpoints>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteWriter>(
                provider, (Action<SqliteSession>)(session =>
                    provider.GetRequiredService<IndexTail>().WaitForRoom(Tables.Events.Latest(session)))))
            .AddSingleton<IOrderIssueStore, SqliteOrderIssueStore>()
            .AddSingleton<IOrderIssueQueries, SqliteOrderIssueQueries>()
            .AddSingleton<ICustomerData, SqliteCustomerData>()
            .AddSingleton<IIssueRepair, SqliteIssueRepair>()
            .AddSingleton<IRecordStore, SqliteRecordStore>()
            .AddSingleton<IEventLog, SqliteEventLog>()
            .AddSingleton<IStoreBackups, SqliteBackups>()
            .AddSingleton<SqliteFence>()
            .AddSingleton<IMoveSource, SqliteMoveSource>()
            .AddSingleton<IMoveTarget, SqliteMoveTarget>()
            .AddSingleton<IIndexedTexts, SqliteTexts>()
            .AddTextIndex(index, provider => NewReaders(provider, database => index.AttachTo(database.OpenToRead())))
            .AddHostedService<SqliteStartup>()
            .AddHostedService<SqliteEpoch>()
            .AddHostedService<ErasedSpace>();
    }

    private static SqliteReaders NewReaders(IServiceProvider provider, Func<SqliteDatabase, SqliteConnection> open)
    {
        var database = provider.GetRequiredService<SqliteDatabase>();
        return new SqliteReaders(() => open(database), database.IsOpenIn, provider.GetRequiredService<TimeProvider>());
    }
}
