using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.Infrastructure.MongoDb.Changes;
using OrderIssues.Infrastructure.MongoDb.Creates;
using OrderIssues.Infrastructure.MongoDb.Events;
using OrderIssues.Infrastructure.MongoDb.Moves;
using OrderIssues.Infrastructure.MongoDb.Repairs;
using OrderIssues.Infrastructure.MongoDb.Search;
using OrderIssues.Infrastructure.Search;

namespace OrderIssues.Infrastructure.MongoDb;

internal static class MongoDbSetup
{
    /// <summary>Registers MongoDB if <c>ConnectionStrings:MongoDb</c> is set.</summary>
    public static IServiceCollection AddMongoDb(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = services.AddSection<MongoDbOptions>(configuration, MongoDbOptions.Section);
        var searchOptions = services.AddSection<SearchOptions>(configuration, SearchOptions.Section);
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
            .AddSingleton<ICustomerData, MongoCustomerData>()
            .AddSingleton<IIssueRepair, MongoIssueRepair>()
            .AddSingleton<IRecordStore, MongoRecordStore>()
            .AddSingleton<MongoFence>()
            .AddSingleton<MovedCollections>()
            .AddSingleton<MoveMarks>()
            .AddSingleton<IMoveSource, MongoMoveSource>()
            .AddSingleton<IMoveTarget, MongoMoveTarget>()
            .AddEvents()
            .AddSearch(searchOptions, environment.ContentRootPath)
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

    private static IServiceCollection AddSearch(this IServiceCollection services, SearchOptions options, string contentRoot)
    {
        if (options.IndexFile is not { } path)
        {
            return services;
        }

        var file = new SearchIndexFile(Path.GetFullPath(path, contentRoot), IssueRows.Tables, IssueRows.Version);
        if (!file.IsFree())
        {
            throw new StartupException($"{SearchOptions.Section}:{nameof(SearchOptions.IndexFile)}: '{path}' is another file.");
        }

        return services
            .AddSingleton<IIndexedTexts, MongoTexts>()
            .AddSingleton<MongoSearch>()
            .AddTextIndex(file, provider => new(file.OpenToSearch, _ => true, provider.GetRequiredService<TimeProvider>()));
    }
}
