using MongoDB.Bson;
using MongoDB.Driver;

namespace OrderIssues.TestCommon;

/// <summary>
/// Faults that the clients of one test meet, by MongoDB's own fail point
/// (https://github.com/mongodb/mongo/wiki/The-%22failCommand%22-fail-point). A real server takes them with <c>enableTestCommands=1</c>.
/// </summary>
public sealed class FailPoint : IAsyncDisposable
{
    /// <summary>How to get a server that takes them.</summary>
    public const string HowTo = "This MongoDB takes no fail points: start it with --setParameter enableTestCommands=1.";

    // A server has one at a time, and the projects' tests run beside each other.
    private static readonly string LockFile = Path.Combine(Path.GetTempPath(), "order-issue-fail-point.lock");
    private readonly IMongoDatabase admin;
    private readonly FileStream turn;
    private readonly string client = $"test-{Guid.NewGuid():N}";
    private BsonDocument data;

    private FailPoint(string uri, FileStream turn)
    {
        this.turn = turn;
        data = new BsonDocument("appName", client);
        admin = new MongoClient(uri).GetDatabase("admin");
        Uri = new MongoUrlBuilder(uri) { ApplicationName = client }.ToString();
    }

    /// <summary>The given database for those who are to meet the faults; by its first URI it is as ever.</summary>
    public string Uri { get; }

    /// <summary>Waits for its turn; null where the server takes no fail points.</summary>
    public static async Task<FailPoint?> TryTakeAsync(string uri)
    {
        var point = new FailPoint(uri, await LockAsync());
        try
        {
            await point.OffAsync();
            return point;
        }
        catch (MongoCommandException)
        {
            await point.turn.DisposeAsync();
            return null;
        }
    }

    /// <summary>Lets commands fail from now on, or a number of them.</summary>
    /// <param name="commands">Names of commands.</param>
    /// <param name="fault">What befalls them: <c>errorCode</c>, <c>closeConnection</c> and the like.</param>
    /// <param name="times">How many; null for all.</param>
    public Task SetAsync(IEnumerable<string> commands, BsonDocument fault, int? times = null)
    {
        data = new BsonDocument { { "failCommands", new BsonArray(commands) }, { "appName", client } }.Merge(fault);
        return ConfigureAsync(times is { } count ? new BsonDocument("times", count) : "alwaysOn");
    }

    public Task OffAsync() => ConfigureAsync("off");

    public async ValueTask DisposeAsync()
    {
        await OffAsync();
        await turn.DisposeAsync();
    }

    private static async Task<FileStream> LockAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    // The data tell which one is meant, where a server has several.
    private async Task ConfigureAsync(BsonValue mode) => await admin.RunCommandAsync<BsonDocument>(
        new BsonDocument { { "configureFailPoint", "failCommand" }, { "mode", mode }, { "data", data } });
}
