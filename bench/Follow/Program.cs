using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

// Follow <writer's address> <readers' address> <readers> <changes a second> <seconds>: p50, p99 and the longest time in milliseconds from
// sending a change until its event arrives at each of the readers.
var (writer, reader) = (new Uri(args[0]), new Uri(args[1]));
var (readers, rate, seconds) = (Number(2), Number(3), Number(4));
var sent = new ConcurrentDictionary<string, long>();
var arrived = new ConcurrentBag<(string Change, long At)>();
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = writer };
using var streams = new HttpClient { BaseAddress = reader, Timeout = Timeout.InfiniteTimeSpan };
using var end = new CancellationTokenSource();

var numbers = new string[200];
for (var i = 0; i < numbers.Length; i++)
{
    var body = new Dictionary<string, string> { ["OrderId"] = "follow", ["source"] = "email", ["issueType"] = "damaged" };
    using var answer = await http.PostAsJsonAsync("/api/order-issue/create", body);
    numbers[i] = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("issueId").GetString()!;
}

await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
var page = await http.GetFromJsonAsync<JsonElement>("/api/issue-event?limit=1");
var latest = page.GetProperty("page").GetProperty("latest").GetInt64();
var reading = Enumerable.Range(0, readers).Select(_ => Task.Run(ReadAsync)).ToList();
await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);

var start = TimeProvider.System.GetTimestamp();
var changes = new List<Task>();
for (var i = 0; i < rate * seconds; i++)
{
    var wait = TimeSpan.FromSeconds((double)i / rate) - TimeProvider.System.GetElapsedTime(start);
    if (wait > TimeSpan.Zero)
    {
        await Task.Delay(wait, TimeProvider.System);
    }

    changes.Add(ChangeAsync(i));
}

await Task.WhenAll(changes);
var took = TimeProvider.System.GetElapsedTime(start);
for (var waits = 0; arrived.Count < sent.Count * readers && waits < 100; waits++)
{
    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
}

await end.CancelAsync();
var times = arrived.Where(told => sent.ContainsKey(told.Change))
    .Select(told => TimeProvider.System.GetElapsedTime(sent[told.Change], told.At).TotalMilliseconds).Order().ToList();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{sent.Count / took.TotalSeconds:F0} {times[times.Count / 2]:F1} {times[times.Count * 99 / 100]:F1} {times[^1]:F1} {(sent.Count * readers) - times.Count}"));

int Number(int i) => int.Parse(args[i], CultureInfo.InvariantCulture);

// Changes of an issue follow each other, so that the version tells which of them an event is of.
async Task ChangeAsync(int i)
{
    var began = TimeProvider.System.GetTimestamp();
    using var answer = await http.PutAsJsonAsync(
        $"/api/order-issue/discussion/follow?issueId={numbers[i % numbers.Length]}",
        new Dictionary<string, string> { ["username"] = "Ann", ["message"] = "Hello" });
    var issue = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    sent[$"{issue.GetProperty("issueId").GetString()}/{issue.GetProperty("__v").GetInt32()}"] = began;
}

async Task ReadAsync()
{
    try
    {
        await using var stream = await streams.GetStreamAsync(new Uri($"/api/issue-event/stream?after={latest}", UriKind.Relative), end.Token);
        await foreach (var told in SseParser.Create(stream).EnumerateAsync(end.Token))
        {
            var at = TimeProvider.System.GetTimestamp();
            using var document = JsonDocument.Parse(told.Data);
            var data = document.RootElement.GetProperty("data");
            arrived.Add(($"{data.GetProperty("issueId").GetString()}/{data.GetProperty("version").GetInt32()}", at));
        }
    }
    catch (OperationCanceledException)
    {
    }
}
