using System.Net.Http.Json;
using System.Text.Json;
using MongoDB.Driver;
using OrderIssues.Wire;

// Arguments: the server's URI, the port to listen on, and the address of a service that is started meanwhile with that port as its server's.
var counter = new CommandCounter(new MongoUrl(args[0]).Server);
_ = counter.ListenAsync(int.Parse(args[1], null));
using var client = new HttpClient { BaseAddress = new Uri(args[2]) };

const int Requests = 100;
const int Callers = 64;
const int Waves = 10;

// What the service looks for once a minute must not count as one more an operation.
const double Background = 0.05;

await UntilAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
await UntilAsync(async () =>
{
    counter.Take();
    await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
    return counter.Take().Count == 0;
});

var number = 0;
var isWithin = true;
Console.WriteLine("| operation | commands each | at most | which |");
Console.WriteLine("|---|---|---|---|");
// One command of each report looks for possible duplicates.
await CountAsync("create, one caller", 3, Requests, EachAsync(Requests, CreateAsync));
await CountAsync($"create, {Callers} callers", 1.2, Callers * Waves, Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => EachAsync(Waves, CreateAsync))));
await CountAsync("get", 1, Requests, EachAsync(Requests, i => client.GetAsync($"/api/order-issue/{1600001 + i}")));
await CountAsync("message", 1, Requests, EachAsync(Requests, i =>
    client.PutAsJsonAsync($"/api/order-issue/discussion/A-{i + 1}", new { username = "John", message = "Hello" })));
await CountAsync("status", 2, Requests, EachAsync(Requests, i => client.PutAsJsonAsync($"/api/order-issue/update/A-{i + 1}", new { status = "done" })));
await CountAsync("page", 1, Requests, EachAsync(Requests, _ => client.GetAsync("/api/order-issue?limit=50&status=open")));
return isWithin ? 0 : 1;

async Task CountAsync(string operation, double limit, int requests, Task done)
{
    await done;
    var commands = counter.Take();
    var each = commands.Values.Sum() / (double)requests;
    isWithin &= each <= limit + Background;
    Console.WriteLine($"| {operation} | {each:0.00} | {limit} | {string.Join(", ", commands.Select(command => $"{command.Key} {command.Value}"))} |");
}

Task<HttpResponseMessage> CreateAsync(int i) => client.PostAsJsonAsync("/api/order-issue/create", new
{
    OrderId = $"A-{Interlocked.Increment(ref number)}",
    channel = "email",
    source = "email",
    issueType = "damaged",
    customerName = "Josh",
    customerEmail = "josh@example.com",
    customerReachedAt = "2025-11-19T22:36:28Z",
    status = "open",
}, JsonSerializerOptions.Default); // which keeps the case of OrderId

static async Task EachAsync(int count, Func<int, Task<HttpResponseMessage>> request)
{
    for (var i = 0; i < count; i++)
    {
        using var response = await request(i);
        response.EnsureSuccessStatusCode();
    }
}

static async Task UntilAsync(Func<Task<bool>> isSo)
{
    for (var tries = 0; ; tries++)
    {
        try
        {
            if (await isSo())
            {
                return;
            }
        }
        catch (HttpRequestException) when (tries < 600)
        {
            // The service starts.
        }

        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }
}
