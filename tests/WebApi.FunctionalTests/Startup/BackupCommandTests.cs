using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

/// <summary>Backups of the embedded store, made and restored by the commands.</summary>
public sealed class BackupCommandTests
{
    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "order-issues.db");

    private string Backups => Path.Combine(folder.Path, "backups");

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Has_all_that_was_acknowledged_before_it()
    {
        var acknowledged = new List<string>();
        string[] before;
        JsonNode made;
        using (var service = await StartAsync())
        {
            using var end = new CancellationTokenSource();
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    var issueId = (await service.Api.CreateAsync(Api.Minimal($"A-{writer}"))).IssueId!;
                    lock (acknowledged)
                    {
                        acknowledged.Add(issueId);
                    }
                }
            })));
            while (Count() < 200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }

            lock (acknowledged)
            {
                before = [.. acknowledged];
            }

            made = await SucceedAsync("backup --to backups");
            await end.CancelAsync();
            await writing;
            await service.StopAsync();
        }

        Assert.That((long)made["issues"]!, Is.InRange(before.Length, acknowledged.Count));
        var restored = await SucceedAsync($"restore --from {made["file"]}");
        Assert.That((long)restored["issues"]!, Is.EqualTo((long)made["issues"]!));
        using var again = await StartAsync();
        foreach (var issueId in before)
        {
            (await again.Api.GetAsync($"/api/order-issue/{issueId}")).Succeeded();
        }

        Assert.That((await again.Api.CreateAsync(Api.Minimal("A-9"))).IssueId, Is.EqualTo($"{1_600_001 + (long)made["issues"]!}"));

        int Count()
        {
            lock (acknowledged)
            {
                return acknowledged.Count;
            }
        }
    }

    [Test]
    public async Task Keeps_the_newest()
    {
        using var service = await StartAsync();
        var made = new List<JsonNode>();
        for (var i = 0; i < 3; i++)
        {
            made.Add(await SucceedAsync("backup --to backups --keep 2"));
        }

        Assert.That(Directory.GetFiles(Backups), Is.EquivalentTo(made.Skip(1).Select(copy => (string?)copy["file"])));
        Assert.That(made[2]["deleted"]!.AsArray().Select(file => (string?)file), Is.EqualTo(new[] { (string?)made[0]["file"] }));
    }

    [Test]
    public async Task Restores_nothing_while_a_process_runs_and_keeps_what_was_there()
    {
        string? first;
        JsonNode made;
        string? epoch;
        using (var service = await StartAsync())
        {
            first = (await service.Api.CreateAsync(Api.Minimal("A-1"))).IssueId;
            made = await SucceedAsync("backup --to backups");
            await service.Api.CreateAsync(Api.Minimal("A-2"));
            epoch = await EpochAsync(service);

            await FailAsync($"restore --from {made["file"]}", "is in use: stop every process on it first.");

            (await service.Api.CreateAsync(Api.Minimal("A-3"))).Succeeded(HttpStatusCode.Created);
            service.Kill();
        }

        var restored = await SucceedAsync($"restore --from {made["file"]}");

        using (var service = await StartAsync())
        {
            var issues = (await service.Api.GetAsync("/api/order-issue")).Body["data"]!.AsArray();
            Assert.That(issues.Select(issue => (string?)issue!["issueId"]), Is.EqualTo([first]));
            Assert.That(await EpochAsync(service), Is.Not.EqualTo(epoch));
        }

        // Also what was only in the log when the process was killed.
        File.Move(Store, Store + ".restored");
        await SucceedAsync($"restore --from {restored["before"]}");
        using var earlier = await StartAsync();
        Assert.That((await earlier.Api.GetAsync("/api/order-issue")).Body["data"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Leaves_the_store_as_it_was_where_the_copy_is_none()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "letter.txt"), new string('x', 5_000));
        using (var service = await StartAsync())
        {
            await service.Api.CreateAsync(Api.Minimal("A-1"));
            await service.StopAsync();
        }

        await FailAsync("restore --from letter.txt", "Nothing was restored: ");
        await FailAsync("restore --from nosuch.db", "Nothing was restored: ");

        Assert.That((long)(await SucceedAsync("check"))["issues"]!, Is.EqualTo(1));
        Assert.That(Directory.GetFiles(folder.Path, "*unfinished*"), Is.Empty);
    }

    [Test]
    public async Task Tells_what_is_broken()
    {
        using (var service = await StartAsync())
        {
            await Parallel.ForAsync(0, 200, async (i, _) => await service.Api.CreateAsync(Api.Minimal($"A-{i}")));
            await service.StopAsync();
        }

        using (var file = File.OpenWrite(Store))
        {
            file.Position = 8 * 4_096;
            file.Write(new byte[file.Length - (16 * 4_096)]);
        }

        using var command = await RunAsync("check");

        Assert.That(command.ExitCode, Is.EqualTo(1), command.Output);
        Assert.That(command.Output, Does.Contain("\"problems\":[\""));
        await FailAsync("backup --to backups", "No backup was made: ");
        Assert.That(Directory.GetFiles(Backups), Is.Empty);
    }

    [Test]
    public async Task Leaves_MongoDB_to_its_own_tools()
    {
        using var command = await RunAsync("backup --to backups", ("ConnectionStrings__MongoDb", "mongodb://127.0.0.1:1"));

        Assert.That(command.ExitCode, Is.EqualTo(1), command.Output);
        Assert.That(command.Output, Does.Contain("The issues are in MongoDB, which has tools of its own: mongodump and mongorestore."));
        Assert.That(Backups, Does.Not.Exist);
    }

    [TestCase("CREATE TABLE letters (text TEXT)")]
    [TestCase("CREATE TABLE issues (id, issueId); CREATE TABLE events (sequence INTEGER); INSERT INTO events VALUES (1)")]
    [TestCase(null)]
    public async Task Restores_no_other_database(string? tables)
    {
        using (var service = await StartAsync())
        {
            await service.Api.CreateAsync(Api.Minimal("A-1"));
            await service.StopAsync();
        }

        var other = Path.Combine(folder.Path, "other.db");
        if (tables is null)
        {
            File.Copy(Store, other);
        }

        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            new SqliteCommand(tables ?? "PRAGMA user_version = 0", connection).ExecuteNonQuery();
        }

        await FailAsync("restore --from other.db", "isn't a store of this service");

        Assert.That((long)(await SucceedAsync("check"))["issues"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Deletes_what_a_killed_process_left_once_it_is_old()
    {
        using var service = await StartAsync();
        Directory.CreateDirectory(Backups);
        var (old, young) = (Path.Combine(Backups, "order-issues-1.db.unfinished-journal"), Path.Combine(Backups, "order-issues-2.db.unfinished"));
        await File.WriteAllTextAsync(old, "");
        await File.WriteAllTextAsync(young, "");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        await SucceedAsync("backup --to backups");

        Assert.That(File.Exists(old), Is.False);
        Assert.That(File.Exists(young), Is.True);
    }

    [TestCase("backup --to backups --keep 0", "--keep must be a number, at least 1.")]
    [TestCase("backup --to backups --keep abc", "--keep must be a number, at least 1.")]
    [TestCase("backup --to backups --keep 99999999999", "--keep must be a number, at least 1.")]
    [TestCase("backup", "Option '--to' is required.")]
    public async Task Refuses_other_options(string arguments, string text) => await FailAsync(arguments, text);

    private static async Task<string?> EpochAsync(ServiceProcess service) => (string?)(await service.Api.GetAsync("/api/issue-event")).Body["page"]!["epoch"];

    private Task<ServiceProcess> StartAsync() => RunAsync("", ("Auth__AllowAnonymous", "true"));

    private async Task<JsonNode> SucceedAsync(string arguments)
    {
        using var command = await RunAsync(arguments);
        Assert.That(command.ExitCode, Is.Zero, command.Output);
        return JsonNode.Parse(command.Output)!;
    }

    private async Task FailAsync(string arguments, string text)
    {
        using var command = await RunAsync(arguments);
        Assert.That(command.ExitCode, Is.EqualTo(1), command.Output);
        Assert.That(command.Output, Does.Contain(text));
    }

    private Task<ServiceProcess> RunAsync(string arguments, params (string Key, string Value)[] environment) => ServiceProcess.StartAsync(
        folder.Path,
        [.. ServiceProcess.Command, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        [("ConnectionStrings__Sqlite", "Data Source=order-issues.db"), .. environment]);
}
