using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Events;

/// <summary>A reader that follows from the start, while processes that write are killed.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class FollowingTests(StoreKind store)
{
    private const int Writers = 8;
    private const int Kills = 6;
    private static readonly TimeSpan MaxLag = TimeSpan.FromMinutes(2);
    private readonly ServiceProcess?[] processes = new ServiceProcess?[2];
    private readonly ConcurrentBag<string> acknowledged = [];
    private TemporaryFolder folder = null!;
    private (string, string) connection;

    /// <summary>How many are created, and changed once. The stand-in for MongoDB takes one command at a time.</summary>
    private int Issues => int.Parse(Environment.GetEnvironmentVariable("FOLLOWED_ISSUES") ?? (store == StoreKind.Sqlite ? "5000" : "1000"), null);
    private int created;

    [SetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        var database = store == StoreKind.MongoDb ? await MongoServer.NewDatabaseAsync() : null;
        if (store == StoreKind.MongoDb && database is null)
        {
            Assert.Ignore(MongoServer.HowTo);
        }

        connection = database is null ? ("ConnectionStrings__Sqlite", "Data Source=x.db") : ("ConnectionStrings__MongoDb", database);
        await StartAsync(0);
        await StartAsync(1);
    }

    [TearDown]
    public void Stop()
    {
        Array.ForEach(processes, process => process?.Dispose());
        folder.Dispose();
    }

    [Test]
    public async Task Sees_each_change_exactly_once_in_sequence()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        var changing = ChangesAsync(Task.WhenAll(writing, KillAsync()));
        var reading = Task.Run(() => FollowAsync(changing));

        var changes = await changing;
        var events = await reading;

        Assert.That(events.Select(told => (long)told["sequence"]!), Is.EqualTo(Enumerable.Range(1, events.Count).Select(i => (long)i)));
        Assert.That(events.Select(NameOf), Is.EquivalentTo(changes));
        Assert.That(acknowledged.Except(events.Select(NameOf)), Is.Empty);
    }

    private static string NameOf(JsonNode told) => $"{told["data"]!["issueId"]}/{told["data"]!["version"]}";

    /// <summary>Kills one process after another, and starts it again, while issues are written.</summary>
    private async Task KillAsync()
    {
        for (var kills = 1; kills <= Kills; kills++)
        {
            while (Volatile.Read(ref created) < Issues * kills / (Kills + 1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }

            processes[kills % 2]!.Kill();
            await StartAsync(kills % 2);
        }
    }

    private async Task StartAsync(int i) => processes[i] = await ServiceProcess.StartAsync(
        folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), connection);

    private async Task WriteAsync(int writer)
    {
        for (var i = 0; Interlocked.Increment(ref created) <= Issues; i++)
        {
            var issueId = await TryAsync(writer + i, api => api.CreateAsync(Api.Minimal($"A-{writer}-{i}")));
            if (issueId is not null)
            {
                await TryAsync(writer + i + 1, api => api.PutAsync(
                    $"/api/order-issue/update/A-{writer}-{i}?issueId={issueId}", """{ "status": "pending" }"""));
            }
        }
    }

    /// <summary>Sends a change once, and gives the issue's number if it was acknowledged.</summary>
    private async Task<string?> TryAsync(int process, Func<Api, Task<Answer>> send)
    {
        try
        {
            var answer = await send(processes[process % 2]!.Api);
            if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created)
            {
                acknowledged.Add($"{answer.IssueId}/{answer.Data["__v"]}");
                return answer.IssueId;
            }
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return null;
    }

    /// <summary>Follows by streams, and connects anew to the other process whenever one ends, until all is written and read.</summary>
    private async Task<List<JsonNode>> FollowAsync(Task<List<string>> changing)
    {
        var events = new List<JsonNode>();
        using var isAllWritten = new CancellationTokenSource();
        _ = changing.ContinueWith(_ => isAllWritten.Cancel(), TaskScheduler.Default);
        long? start = null;
        for (var connections = 0; ; connections++)
        {
            try
            {
                var address = processes[connections % 2]!.Api.Address;
                var last = events.Count == 0 ? 0 : (long)events[^1]["sequence"]!;
                if (changing.IsCompleted)
                {
                    start ??= TimeProvider.System.GetTimestamp();
                    using var client = new HttpClient { BaseAddress = address };
                    var rest = (await new Api(client).GetAsync($"/api/issue-event?after={last}&limit=500&wait=5")).Body["data"]!.AsArray();
                    if (rest.Count == 0
                        && (events.Count >= (await changing).Count || TimeProvider.System.GetElapsedTime(start.Value) > MaxLag))
                    {
                        return events;
                    }

                    events.AddRange(rest.Select(told => told!.DeepClone()));
                    continue;
                }

                using var stream = await EventStream.OpenAsync(address, $"?after={last}");
                await foreach (var (_, _, data) in stream.ReadAsync(isAllWritten.Token))
                {
                    events.Add(data);
                }
            }
            catch (OperationCanceledException)
            {
                // The rest is listed.
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <summary>Lists what happened once everything is written.</summary>
    private async Task<List<string>> ChangesAsync(Task writing)
    {
        await writing;
        var changes = new ConcurrentBag<string>();
        var api = processes[0]!.Api;
        using var export = await new HttpClient { BaseAddress = api.Address }.GetAsync("/api/order-issue/export?format=ndjson");
        foreach (var line in (await export.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var issue = JsonNode.Parse(line)!;
            for (var version = 0; version <= (int)issue["__v"]!; version++)
            {
                changes.Add($"{issue["issueId"]}/{version}");
            }
        }

        return [.. changes];
    }
}
