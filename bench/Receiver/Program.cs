using System.Net;

// Arguments: the address to listen at, that of a service that posts its events here, and the numbers of rounds and of events.
var (address, service, rounds, events) = (args[0], args[1], int.Parse(args[2], null), int.Parse(args[3], null));
const int Callers = 32;

var received = 0;
var gate = new SemaphoreSlim(0);
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(address);
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.Run(async context =>
{
    await context.Request.Body.CopyToAsync(Stream.Null);
    await gate.WaitAsync();
    gate.Release();
    Interlocked.Increment(ref received);
    context.Response.StatusCode = StatusCodes.Status204NoContent;
});
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(service) };

// A new webhook gets the events that come once it is there.
gate.Release();
for (var i = 0; received == 0; i++)
{
    await CreateAsync($"first-{i}", default);
    await Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System);
}

await gate.WaitAsync();
for (var round = 0; round < rounds; round++)
{
    // The first one waits for the others, so that all are there when the time begins.
    var before = received;
    await Parallel.ForEachAsync(Enumerable.Range(0, events), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, end) =>
        await CreateAsync($"{round}-{i}", end));
    var begin = TimeProvider.System.GetTimestamp();
    gate.Release();
    while (Volatile.Read(ref received) < before + events)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    Console.WriteLine(events / TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
    await gate.WaitAsync();
}

async Task CreateAsync(string orderId, CancellationToken end)
{
    var issue = new Dictionary<string, string> { ["OrderId"] = orderId, ["source"] = "email", ["issueType"] = "damaged" };
    using var answer = await client.PostAsJsonAsync("/api/order-issue/create", issue, end);
    if (answer.StatusCode != HttpStatusCode.Created)
    {
        throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(end));
    }
}
