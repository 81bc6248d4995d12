using System.Globalization;
using OrderIssues.Soak;
using OrderIssues.TestCommon;

// Soak <WebApi.dll> <folder for logs> <seconds> <folder for the store, or URI of a MongoDB database>: works on two instances of the service while
// they are killed, restarted and cut off, and then compares what was acknowledged with what is there. Prints a table; fails where it differs.
var (program, folder, seconds) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
var uri = args[3].StartsWith("mongodb", StringComparison.Ordinal) ? args[3] : null;
var disk = uri is null ? Path.GetFullPath(args[3]) : null;
const int Callers = 8;
const int MaxClockSeconds = 3_600;
const string Hook = "http://127.0.0.1:5193";
var faultTime = TimeSpan.FromSeconds(Math.Min(3, seconds / 4.0));

using var link = uri is null ? null : new TcpProxy(uri);
var settings = new Dictionary<string, string>
{
    ["Auth__AllowAnonymous"] = "true",
    ["RateLimit__PermitsPerMinute"] = "0",
    ["Webhooks__AllowedHosts"] = "127.0.0.1",
    ["Webhooks__0__Name"] = "soak",
    ["Webhooks__0__Url"] = $"{Hook}/",
    ["Webhooks__0__Secret"] = $"whsec_{Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))}",
    [link is null ? "ConnectionStrings__Sqlite" : "ConnectionStrings__MongoDb"] = link?.Uri ?? $"Data Source={disk}/order-issues.db",
};
await using var receiver = new Receiver(Hook);
await receiver.StartAsync();
using var first = new Instance(program, "http://127.0.0.1:5191", settings, $"{folder}/5191");
using var second = new Instance(program, "http://127.0.0.1:5192", settings, $"{folder}/5192");
Instance[] instances = [first, second];
foreach (var instance in instances)
{
    instance.Start();
    await instance.UntilReadyAsync();
}

// A new webhook gets the events that come once it follows the log.
await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
var journal = new Journal();
using var http = new HttpClient { BaseAddress = first.Address, Timeout = TimeSpan.FromSeconds(40) };
using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
var working = Enumerable.Range(0, Callers).Select(number => new Caller(number, http, instances, journal).WorkAsync(end.Token)).ToList();
var faults = new SortedDictionary<string, int>(StringComparer.Ordinal);
while (!end.IsCancellationRequested)
{
    await FailAsync();
    await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble() * 2), TimeProvider.System);
}

await Task.WhenAll(working);
foreach (var instance in instances)
{
    await instance.UntilReadyAsync();
}

var audit = new Audit(http, journal, receiver);
await audit.RunAsync();
var (requests, refused) = journal.Counts;
var (issues, changes) = (journal.Issues.Count, journal.Issues.Values.Sum(issue => issue.Version));
var told = string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}"));
Console.WriteLine($"""
    {seconds} s on {(uri is null ? "SQLite" : "MongoDB")}, two instances, {Callers} callers. Faults: {told}.
    {requests} requests, {refused} of them not answered, or with 409, 503 or 504, and sent again. {issues} issues and {changes} changes of them.

    | | lost | doubled |
    |---|---|---|
    | acknowledged writes | {audit.LostWrites} | {audit.DoubledWrites} |
    | events | {audit.LostEvents} | {audit.DoubledEvents} |
    | deliveries | {audit.LostDeliveries} | {audit.RepeatedDeliveries} came again |

    {audit.PendingDeliveries} deliveries failed and wait for their next try. Answers that no fault explains: {journal.Wrong.Count}.
    """);
foreach (var wrong in journal.Wrong.Take(5))
{
    Console.WriteLine($"- {wrong}");
}

return audit.LostWrites + audit.DoubledWrites + audit.LostEvents + audit.DoubledEvents + audit.LostDeliveries + journal.Wrong.Count == 0 ? 0 : 1;

async Task FailAsync()
{
    var instance = instances[Random.Shared.Next(instances.Length)];
    switch (Random.Shared.Next(8))
    {
        case 0:
            Count("killed");
            await instance.KillAsync();
            await RestartAsync(instance);
            break;
        case 1:
            Count("stopped");
            await instance.StopAsync();
            await RestartAsync(instance);
            break;
        case 2:
            Count("receiver fails");
            await ForAWhileAsync(() => receiver.Fault = Receiver.FailAsync, () => receiver.Fault = null);
            break;
        case 3:
            Count("receiver hangs");
            await ForAWhileAsync(() => receiver.Fault = Receiver.HangAsync, () => receiver.Fault = null);
            break;
        case 4 when link is not null:
            Count("store cut off");
            await ForAWhileAsync(link.Cut, link.Restore);
            break;
        case 5 when link is not null:
            Count("store stalled");
            await ForAWhileAsync(link.Stall, link.Restore);
            break;
        case 6 when disk is not null && Surroundings.IsSmallDisk(disk):
            Count("disk full");
            var filler = "";
            await ForAWhileAsync(() => filler = Surroundings.Fill(disk), () => File.Delete(filler));
            break;
        case 7 when Surroundings.HasClocks:
            Count("clock set");
            instance.SetClock(TimeSpan.FromSeconds(Random.Shared.Next(-MaxClockSeconds, MaxClockSeconds)));
            break;
    }
}

void Count(string fault) => faults[fault] = faults.GetValueOrDefault(fault) + 1;

async Task RestartAsync(Instance instance)
{
    instance.Start();
    await instance.UntilReadyAsync();
}

async Task ForAWhileAsync(Action begin, Action mend)
{
    begin();
    await Task.Delay(faultTime, TimeProvider.System);
    mend();
}
