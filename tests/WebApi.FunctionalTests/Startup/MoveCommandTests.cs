using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

/// <summary>From one machine to many, and back, by the command.</summary>
public sealed class MoveCommandTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Moves_to_MongoDB_while_the_service_runs_and_back()
    {
        if (await MongoServer.NewDatabaseAsync() is not { } uri)
        {
            Assert.Ignore(MongoServer.HowTo);
            return;
        }

        Answer before;
        string? epoch;
        using (var old = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db")))
        {
            await old.Api.CreateAsync(Api.Minimal("A-1"));
            await old.Api.PutAsync("/api/order-issue/discussion/A-1", """{ "userName": "Ann", "message": "Hello" }""");
            before = (await old.Api.GetAsync("/api/order-issue/1600001")).Succeeded();
            epoch = (string?)(await old.Api.GetAsync("/api/issue-event")).Body["page"]!["epoch"];

            var moved = await SucceedAsync($"move --to {uri}", "old.db");

            Assert.That((string?)moved["from"], Does.StartWith("the SQLite file ").And.EndsWith("old.db"));
            Assert.That(((int)moved["issues"]!, (int)moved["lastEvent"]!), Is.EqualTo((1, 2)));
            Assert.That((await old.Api.GetAsync("/api/order-issue/1600001")).Body.ToJsonString(), Is.EqualTo(before.Body.ToJsonString()));
            var refused = (await old.Api.CreateAsync(Api.Minimal("A-2"))).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.That((string?)refused.Body["detail"], Does.StartWith("The issues are being moved to another store, or were moved"));
            Assert.That((string?)(await old.Api.GetAsync("/health/ready")).Succeeded().Body["parts"]!["store"]!["status"], Is.EqualTo("Degraded"));
        }

        using (var again = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db")))
        {
            Assert.That(again.ExitCode, Is.EqualTo(1));
            Assert.That(again.Output, Does.Contain("old.db takes no changes: it was moved"));
        }

        using (var many = await StartAsync(("ConnectionStrings__MongoDb", uri)))
        {
            var after = (await many.Api.GetAsync("/api/order-issue/1600001")).Succeeded();
            Assert.That((after.Body.ToJsonString(), after.Headers.ETag), Is.EqualTo((before.Body.ToJsonString(), before.Headers.ETag)));
            Assert.That((await many.Api.GetAsync("/api/order-issue/1600001/history")).Issues.Count(), Is.EqualTo(2));
            Assert.That((string?)(await many.Api.GetAsync("/api/issue-event")).Body["page"]!["epoch"], Is.EqualTo(epoch));
            Assert.That((await many.Api.CreateAsync(Api.Minimal("A-2"))).IssueId, Is.EqualTo("1600002"));
        }

        await SucceedAsync("move --to back.db", null, ("ConnectionStrings__MongoDb", uri));
        using (var back = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=back.db")))
        {
            var after = (await back.Api.GetAsync("/api/order-issue/1600001")).Succeeded();
            Assert.That((after.Body.ToJsonString(), after.Headers.ETag), Is.EqualTo((before.Body.ToJsonString(), before.Headers.ETag)));
            Assert.That((await back.Api.GetAsync("/api/order-issue?q=hello")).Issues.Count(), Is.EqualTo(1), "It can be searched for");
            Assert.That((string?)(await back.Api.GetAsync("/api/issue-event")).Body["page"]!["epoch"], Is.EqualTo(epoch));
            Assert.That((await back.Api.CreateAsync(Api.Minimal("A-3"))).IssueId, Is.EqualTo("1600003"));
        }

        Assert.That((bool)(await SucceedAsync("move --release", "old.db"))["wasReleased"]!, Is.True);
        using var stayed = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db"));
        Assert.That((await stayed.Api.CreateAsync(Api.Minimal("A-9"))).IssueId, Is.EqualTo("1600002"));
    }

    [TestCase("move", "Either --to or --release is needed.")]
    [TestCase("move --to other.db --release", "Either --to or --release is needed.")]
    [TestCase("move --to other.db", "Both are stores of the same kind")]
    [TestCase("move --to postgres://user:secret@host/db", "is neither the path of a file nor an address")]
    [TestCase("move --to mongodb://user:secret@127.0.0.1:1/issues?serverSelectionTimeoutMS=100", "the MongoDB database issues can't be used: ")]
    [TestCase("move --to mongodb://secret:@", "isn't a MongoDB URI")]
    public async Task Says_why_it_moves_nothing(string arguments, string text)
    {
        using (var service = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db")))
        {
            await service.Api.CreateAsync(Api.Minimal("A-1"));
        }

        using var command = await RunAsync(arguments, ("ConnectionStrings__Sqlite", "Data Source=old.db"));

        Assert.That(command.ExitCode, Is.EqualTo(1), command.Output);
        Assert.That(command.Output, Does.Contain(text).And.Not.Contain("secret"));
        using var again = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db"));
        Assert.That((await again.Api.CreateAsync(Api.Minimal("A-2"))).IssueId, Is.EqualTo("1600002"));
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    [TestCase("HUP")]
    public async Task Says_that_it_was_ended(string signal)
    {
        using (var service = await StartAsync(("ConnectionStrings__Sqlite", "Data Source=old.db")))
        {
            await service.StopAsync();
        }

        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var start = new ProcessStartInfo(
            "dotnet",
            [.. ServiceProcess.Command.Skip(1), "move", "--to", $"mongodb://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/issues?serverSelectionTimeoutMS=60000"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__Sqlite"] = "Data Source=old.db" },
        };
        using var command = Process.Start(start)!;
        using var connection = await silent.AcceptTcpClientAsync();
        using (var kill = Process.Start("kill", [$"-{signal}", $"{command.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var output = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();

        Assert.That(command.ExitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("The move was ended.").And.Contain("old.db takes changes, as before."));
    }

    private async Task<JsonNode> SucceedAsync(string arguments, string? file, params (string Key, string Value)[] environment)
    {
        using var command = await RunAsync(
            arguments, file is null ? environment : [("ConnectionStrings__Sqlite", $"Data Source={file}"), .. environment]);
        Assert.That(command.ExitCode, Is.Zero, command.Output);
        return JsonNode.Parse(command.Output.Split('\n').Single(line => line.StartsWith('{')))!;
    }

    private Task<ServiceProcess> StartAsync((string Key, string Value) store) => RunAsync("", store, ("Auth__AllowAnonymous", "true"));

    private Task<ServiceProcess> RunAsync(string arguments, params (string Key, string Value)[] environment) => ServiceProcess.StartAsync(
        folder.Path, [.. ServiceProcess.Command, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], environment);
}
