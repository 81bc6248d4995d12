using Microsoft.Extensions.Configuration;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.MongoDb.Repairs;

namespace OrderIssues.Infrastructure.MongoDb;

internal static class MongoDbSetup
{
    /// <summary>Registers MongoDB if <c>ConnectionStrings:MongoDb</c> is set.</summary>
    public static IServiceCollection AddMongoDb(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<MongoDbOptions>(configuration, MongoDbOptions.Section);
        if (configuration.GetConnectionString("MongoDb") is not { Length: > 0 } uri)
        {
            return services;
        }

        services.AddHealthChecks().AddCheck<MongoHealth>("store");
        return services
            .AddSingleton(new MongoDatabase(uri, options.IssuesCollection))
            .AddSingleton(provider => new CounterDocument(provider.GetRequiredService<MongoDatabase>(), options.CountersCollection))
            .AddSingleton<StoredNumbers>()
            .AddSingleton<IssueCounter>()
            .AddSingleton<GroupedInserts>()
            .AddSingleton<IssueInserter>()
            .AddSingleton<MongoIndexes>()
            .AddSingleton<UndatedIssues>()
            .AddSingleton<MongoIssueReader>()
            .AddSingleton<MongoIssueChanges>()
            .AddSingleton<IOrderIssueStore, MongoOrderIssueStore>()
            .AddSingleton<IOrderIssueQueries, MongoOrderIssueQueries>()
            .AddSingleton<IIssueRepair, MongoIssueRepair>()
            .AddSingleton<IRecordStore, MongoRecordStore>()
            .AddEvents()
            .AddHostedService<MongoStartup>()
            .AddHostedService(provider => provider.GetRequiredService<UndatedIssues>());
    }

    private static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventSequence>()
        .AddSingleton<UnpublishedEntries>()
        .AddSingleton<OtherChanges>()
        .AddSingleton<EventEpoch>()
        .AddSingleton<PublisherSignal>()
        .AddSingleton<IEventLog, MongoEventLog>()
        .AddHostedService<EventPublisher>();
}
