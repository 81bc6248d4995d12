using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Errors;

/// <summary>MongoDB's primary steps down while requests come in.</summary>
public sealed class FailoverTests
{
    private const string Order = "A-1";
    private static readonly string[] Reads = ["find", "aggregate", "getMore"];
    private static readonly string[] Writes = ["insert", "update", "delete", "findAndModify"];
    private static readonly string[] All = [.. Reads, .. Writes];

    /// <summary>What the clients of a primary see that steps down, one after the other.</summary>
    private static readonly (string[] Commands, string Fault, int Milliseconds)[] StepDown =
    [
        (Writes, """{ "writeConcernError": { "code": 64, "codeName": "WriteConcernTimeout", "errmsg": "waiting for replication timed out" } }""", 300),
        (All, """{ "errorCode": 11602, "errorLabels": ["RetryableWriteError"] }""", 500),
        (All, """{ "closeConnection": true }""", 500),
        (All, """{ "errorCode": 10107, "errorLabels": ["RetryableWriteError"] }""", 500),
        (Reads, """{ "errorCode": 13435 }""", 300),
        (All, """{ "errorCode": 189, "errorLabels": ["RetryableWriteError"] }""", 500),
        (Writes, """{ "writeConcernError": { "code": 91, "codeName": "ShutdownInProgress", "errmsg": "shutting down" } }""", 300),
        (All, """{ "errorCode": 11600 }""", 500),
    ];

    private readonly ConcurrentBag<(HttpMethod Method, string Path, string Json, string Key)> refused = [];
    private readonly ConcurrentBag<(string Order, string IssueId)> created = [];
    private readonly ConcurrentBag<string> orders = [];
    private readonly ConcurrentBag<string> messages = [];
    private readonly ConcurrentBag<string> statuses = [];
    private readonly ShiftedTime time = new();
    private int answers;

    [Test]
    public async Task Nothing_acknowledged_is_lost_nothing_is_done_twice_and_every_other_answer_says_to_try_again()
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        await using var fault = await FailPoint.TryTakeAsync(uri);
        if (fault is null)
        {
            Assert.Ignore(FailPoint.HowTo);
            return;
        }

        using var service = Service.On(StoreKind.Sqlite, time, ("ConnectionStrings:MongoDb", fault.Uri));
        var issueId = (await service.Api.CreateAsync(Api.Minimal(Order))).Succeeded(HttpStatusCode.Created).IssueId;
        var isOver = false;
        var load = Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !isOver; i++)
            {
                await CallAsync(service.Api, $"{worker}-{i}");
            }
        })).ToList();
        foreach (var (commands, what, milliseconds) in StepDown)
        {
            await fault.SetAsync(commands, BsonDocument.Parse(what));
            await WaitAsync(milliseconds);
            await fault.OffAsync();
            await WaitAsync(100);
        }

        var before = answers;
        for (var tries = 0; answers == before && tries < 500; tries++)
        {
            await WaitAsync(20);
        }

        isOver = true;
        await Task.WhenAll(load);
        Assert.That(answers, Is.GreaterThan(before), "it recovers by itself");
        Assert.That(refused, Is.Not.Empty, "the faults were felt");

        // A key that couldn't be released is free again after its lease.
        time.Shift = TimeSpan.FromMinutes(2);
        foreach (var (method, path, json, key) in refused)
        {
            Assert.That((int)(await SendAsync(service.Api, method, path, json, key)).Status, Is.LessThan(300), path);
        }

        var client = new MongoClient(uri);
        var database = client.GetDatabase(new MongoUrl(uri).DatabaseName);
        var stored = await database.GetCollection<BsonDocument>("orderissues").Find(new BsonDocument()).ToListAsync();
        var byOrder = stored.ToDictionary(issue => issue["OrderId"].AsString, issue => issue["issueId"].AsString);
        Assert.That(byOrder.Keys, Is.EquivalentTo(orders.Append(Order)));
        Assert.That(byOrder.Values, Is.Unique);
        Assert.That(created.Select(issue => byOrder[issue.Order]), Is.EqualTo(created.Select(issue => issue.IssueId)));
        var issue = (await service.Api.GetAsync($"/api/order-issue/{issueId}")).Data;
        Assert.That(issue["discussion"]!.AsArray().Select(message => (string)message!["message"]!), Is.EquivalentTo(messages));
        var history = stored.Single(document => document["issueId"] == issueId)["_history"].ToString();
        Assert.That(statuses, Is.All.Matches<string>(status => history!.Contains($"\"{status}\"", StringComparison.Ordinal)));
        await client.DropDatabaseAsync(database.DatabaseNamespace.DatabaseName);
    }

    private static Task WaitAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);

    private static Task<Answer> SendAsync(Api api, HttpMethod method, string path, string json, string key)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return api.SendAsync(request);
    }

    private async Task CallAsync(Api api, string name)
    {
        orders.Add(name);
        if (await IsDoneAsync(HttpMethod.Post, "/api/order-issue/create", Api.Minimal(name).ToJsonString()) is { } issue)
        {
            created.Add((name, issue.IssueId));
        }

        messages.Add(name);
        await IsDoneAsync(HttpMethod.Put, $"/api/order-issue/discussion/{Order}", $$"""{ "username": "John", "message": "{{name}}" }""");

        // A change of the status has no key: it may be repeated.
        var status = await api.PutAsync($"/api/order-issue/update/{Order}", $$"""{ "username": "Jane", "status": "at {{name}}" }""");
        if ((int)status.Status < 300)
        {
            statuses.Add($"at {name}");
        }
        else
        {
            status.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        }

        async Task<Answer?> IsDoneAsync(HttpMethod method, string path, string json)
        {
            var key = $"{method}-{name}";
            var answer = await SendAsync(api, method, path, json, key);
            if ((int)answer.Status < 300)
            {
                Interlocked.Increment(ref answers);
                return answer;
            }

            answer.Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            refused.Add((method, path, json, key));
            return null;
        }
    }

    /// <summary>The real clock, ahead by some time.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
