using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues.Repairs;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.CommandLine;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

public sealed class RepairCommandTests
{
    [Test]
    public async Task Tells_what_it_would_do_does_it_when_told_to_and_the_start_counts_it()
    {
        using var service = Service.On(StoreKind.MongoDb);
        var issues = new MongoClient(service.MongoDb).GetDatabase(new MongoUrl(service.MongoDb).DatabaseName).GetCollection<BsonDocument>("orderissues");
        var documents = new[]
        {
            """{ "OrderId": 4711, "issueId": "1", "createdAt": "2025-11-20T10:00:00Z", "customerName": "Josh" }""",
            """{ "OrderId": 4712, "issueId": "2", "status": { "odd": "Josh" } }""",
            """{ "OrderId": "A-1", "issueId": "3", "packer": true }""",
            """{ "OrderId": "A-2", "issueId": "4" }""",
        }.Select(BsonDocument.Parse).ToList();
        await issues.InsertManyAsync(documents);

        var (told, toldCode) = await RunAsync(service, apply: false);
        Assert.That(toldCode, Is.Zero);
        Assert.That(told, Does.Contain($"{documents[0]["_id"]} would change: OrderId: int to text, createdAt: text to date"));
        Assert.That(told, Does.Contain($"{documents[1]["_id"]} would change: OrderId: int to text"));
        Assert.That(told, Does.Contain($"{documents[1]["_id"]} left alone, not understood: status: object"));
        Assert.That(told, Does.Contain($"{documents[2]["_id"]} left alone, not understood: packer: Boolean"));
        Assert.That(told, Does.Not.Contain($"{documents[3]["_id"]}").And.Not.Contain("Josh").And.Not.Contain("4711"));
        Assert.That(told, Does.Contain("""
            4 issues looked at, 2 would change
              would change: OrderId: int to text: 2
              would change: createdAt: text to date: 1
              left alone: packer: Boolean: 1
              left alone: status: object: 1
            Nothing was changed yet: repair --apply does it.
            """.ReplaceLineEndings()));

        Assert.That(await WarningAsync(service), Does.StartWith("Warning: 2 issues").And.EndWith("Run the command repair"));
        Assert.That((await RunAsync(service, apply: true)).Output, Does.Contain("4 issues looked at, 2 changed").And.Not.Contain("yet"));
        Assert.That((await RunAsync(service, apply: true)).Output, Does.Contain("4 issues looked at, 0 changed"));
        Assert.That(await WarningAsync(service), Is.Null);
    }

    [Test]
    public async Task Says_that_there_is_nothing_to_do([Values] StoreKind store)
    {
        using var service = Service.On(store);
        await service.Api.CreateAsync(Api.Minimal());

        Assert.That((await RunAsync(service, apply: false)).Output.Trim(), Is.EqualTo("1 issues looked at, 0 would change"));
    }

    [Test]
    public async Task Reports_its_progress_and_where_it_ended()
    {
        var services = new ServiceCollection().AddSingleton<IIssueRepair>(new EndingRepair()).BuildServiceProvider();
        using var output = new StringWriter();

        Assert.That(await RepairCommand.RunAsync(services, apply: true, output, default), Is.EqualTo(1));

        Assert.That(output.ToString(), Does.Contain("10000 issues looked at, 10 changed").And.Contain("20000 issues looked at, 20 changed"));
        Assert.That(output.ToString(), Does.Contain("25000 issues looked at, 25 changed").And.Contain("Run it again to do the rest."));
    }

    private static async Task<(string Output, int ExitCode)> RunAsync(Service service, bool apply)
    {
        using var output = new StringWriter();
        var code = await RepairCommand.RunAsync(service.Services, apply, output, default);
        return (output.ToString(), code);
    }

    /// <summary>What one more process on the store warns of; null if it counts none.</summary>
    private static async Task<string?> WarningAsync(Service service)
    {
        var log = new CapturedLog();
        using var logs = new LoggerFactory([log]);
        using var reminder = new RepairReminder(
            service.Services.GetRequiredService<IIssueRepair>(), TimeProvider.System, new Logger<RepairReminder>(logs));
        await reminder.StartAsync(default);
        await reminder.ExecuteTask!;
        return log.Lines.SingleOrDefault();
    }

    /// <summary>A store that fails in the midst of it.</summary>
    private sealed class EndingRepair : IIssueRepair
    {
        public async IAsyncEnumerable<RepairBatch> RunAsync(bool apply, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var i = 0; i < 25; i++)
            {
                yield return new(1_000, [new($"{i}") { Changes = ["createdAt: text to date"] }]);
            }

            await Task.Yield();
            throw FailureException.StoreUnavailable();
        }
    }
}
