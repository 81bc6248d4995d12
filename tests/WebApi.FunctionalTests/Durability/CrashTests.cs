using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Durability;

/// <summary>What was acknowledged is kept, and nothing is half done, when processes that share a file are killed at the worst moment.</summary>
public sealed class CrashTests
{
    private const int Kills = 4;
    private const int AcknowledgedBetweenKills = 150;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentBag<Story> journal = [];
    private int acknowledged;

    private string File => Path.Combine(folder.Path, "order-issues.db");

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Keeps_what_it_acknowledged_however_often_it_is_killed()
    {
        var processes = new Queue<ServiceProcess>([await StartAsync(), await StartAsync()]);
        try
        {
            var loads = processes.SelectMany(process => Load(process.Api)).ToList();
            for (var kill = 1; kill <= Kills; kill++)
            {
                await UntilAcknowledgedAsync(kill * AcknowledgedBetweenKills);
                using (var killed = processes.Dequeue())
                {
                    killed.Kill();
                }

                processes.Enqueue(await StartAsync());
                loads.AddRange(Load(processes.Last().Api));
            }

            while (processes.TryDequeue(out var last))
            {
                last.Dispose();
            }

            await Task.WhenAll(loads);
        }
        finally
        {
            foreach (var process in processes)
            {
                process.Dispose();
            }
        }

        using var restarted = await StartAsync();
        foreach (var story in journal)
        {
            story.Check((await restarted.Api.GetAsync($"/api/order-issue/{story.Created.IssueId}")).Succeeded());
        }

        Assert.That(journal.Select(story => story.Created.IssueId), Is.Unique);
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(Query("SELECT max(issueId) - 1600000 - count(*) FROM issues"), Is.EqualTo("0"), "Numbers of what wasn't created are given out again");
        Assert.That(
            Query("SELECT count(*) FROM issues WHERE __v + 1 <> (SELECT count(*) FROM history WHERE history.issueId = issues.issueId)"), Is.EqualTo("0"));
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(
        folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sqlite", $"Data Source={File}"));

    private IEnumerable<Task> Load(Api api) => Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteUntilItIsGoneAsync(api)));

    private async Task WriteUntilItIsGoneAsync(Api api)
    {
        try
        {
            while (true)
            {
                var story = new Story((await api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created));
                journal.Add(story);
                Interlocked.Increment(ref acknowledged);
                foreach (var step in new[] { "first", "second", "done", "third" })
                {
                    story.Begun = step;
                    var body = step == "done" ? """{ "status": "done" }""" : $$"""{ "username": "John", "message": "{{step}}" }""";
                    (await api.PutAsync($"/api/order-issue/{(step == "done" ? "update" : "discussion")}/{story.OrderId}", body)).Succeeded();
                    story.Acknowledged.Add(step);
                    Interlocked.Increment(ref acknowledged);
                }
            }
        }
        catch (HttpRequestException)
        {
            // It was killed. What it hadn't answered may or may not have happened.
        }
    }

    private async Task UntilAcknowledgedAsync(int count)
    {
        for (var i = 0; Volatile.Read(ref acknowledged) < count; i++)
        {
            Assert.That(i, Is.LessThan(6_000), "The load makes no progress");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private string? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>What somebody was told of one issue.</summary>
    private sealed record Story(Answer Created)
    {
        public string OrderId => (string)Created.Data[nameof(OrderId)]!;

        /// <summary>What was answered, in order.</summary>
        public List<string> Acknowledged { get; } = [];

        /// <summary>What was asked for last.</summary>
        public string? Begun { get; set; }

        /// <summary>All that was acknowledged is there, once and in order; what wasn't is there whole or not at all.</summary>
        public void Check(Answer read)
        {
            var messages = read.Data["discussion"]!.AsArray().Select(message => (string)message!["message"]!).ToList();
            var isDone = (string?)read.Data["status"] == "done";
            var happened = messages.Count < 3 ? [.. messages, .. isDone ? ["done"] : Array.Empty<string>()] : new[] { messages[0], messages[1], "done", messages[2] };
            Assert.That(happened, Is.EqualTo(Acknowledged).Or.EqualTo(Acknowledged.Append(Begun)), read.Text);
            Assert.That((int)read.Data["__v"]!, Is.EqualTo(happened.Length), read.Text);
            Assert.That(read.Data["issueResolvedAt"] is not null, Is.EqualTo(isDone), read.Text);
            foreach (var (name, value) in Created.Data.Where(field => field.Key is not ("discussion" or "status" or "updatedAt" or "__v")))
            {
                Assert.That(JsonNode.DeepEquals(read.Data[name], value), Is.True, read.Text);
            }
        }
    }
}
