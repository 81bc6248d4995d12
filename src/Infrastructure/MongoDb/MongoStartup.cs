using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Creates;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Prepares the counter and the indexes in the background.</summary>
internal sealed partial class MongoStartup(
    MongoDatabase database, IssueCounter counter, MongoIndexes indexes, TimeProvider time, ILogger<MongoStartup> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStore(database.Database.DatabaseNamespace.DatabaseName, database.Issues.CollectionNamespace.CollectionName);
        while (true)
        {
            try
            {
                await OrLoggedAsync(counter.PrepareAsync(stoppingToken));
                await OrLoggedAsync(indexes.CreateAsync(stoppingToken));
                return;
            }
            catch (Exception exception) when (MongoFailures.IsUnavailable(exception))
            {
                LogUnavailable(exception.GetType().Name, Pause);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    // Requests work without it: creates check the counter themselves.
    private async Task OrLoggedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (MongoException exception) when (!MongoFailures.IsUnavailable(exception))
        {
            LogGivenUp(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Issues are kept in the MongoDB database {Database}, collection {Collection}")]
    private partial void LogStore(string database, string collection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MongoDB can't be reached ({Reason}); trying again in {Pause}")]
    private partial void LogUnavailable(string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "MongoDB refuses to make the indexes or to set the counter; the service runs without")]
    private partial void LogGivenUp(Exception exception);
}
