using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
using OrderIssues.Infrastructure.MongoDb.Documents;

namespace OrderIssues.Infrastructure.MongoDb;

/// <summary>Knows whether there may be issues without a date, looking once a minute.</summary>
/// <remarks>The server can't tell which issue of an order is the newest while one may lack its date.</remarks>
internal sealed class UndatedIssues(MongoDatabase database, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private volatile bool mayExist = true;

    public bool MayExist => mayExist;

    /// <summary>Looks for one; where that fails, there may be some.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            mayExist = await database.Issues
                .Find(IssueQuery.PartOf(IssueField.CreatedAt, isDated: false), new FindOptions { MaxTime = MongoDatabase.QueryTimeout })
                .AnyAsync(cancellationToken)
                .OrUnavailableAsync();
        }
        catch (FailureException)
        {
            mayExist = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
