using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Issues.Bulk.BulkRequest;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Bulk;

/// <summary>A process that changes a thousand issues is killed, and another one goes on.</summary>
public sealed class BulkCrashTests
{
    private const int Issues = 1_000;

    [Test]
    public async Task Each_issue_is_changed_once_however_often_processes_are_killed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "order-issues.db");
        IReadOnlyList<string> issues;
        const string Body = """
            { "filter": { "status": "open" }, "expect": 1000, "change": { "status": "done", "message": "Solved.", "by": "Ann" } }
            """;
        using (var process = await ServiceProcess.StartAsync(folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sqlite", $"Data Source={file}")))
        {
            issues = await CreateAsync(process.Api, "A-1", Issues);
            var cut = SendAsync(process.Api, Body, "key");
            while ((await process.Api.GetAsync($"/api/issue-event?after={Issues}&limit=200")).Body["data"]!.AsArray().Count < 20)
            {
                Assert.That(cut.IsCompleted, Is.False);
            }

            process.Kill();
            Assert.That(() => cut, Throws.InstanceOf<HttpRequestException>());
        }

        // As once the lease of the process that was killed is over.
        using var service = Service.On(StoreKind.Sqlite, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + IdempotentRunner.Lease), ("ConnectionStrings:Sqlite", $"Data Source={file}"));
        var done = (int)(await service.Api.GetAsync("/api/order-issue/stats?groupBy=status&status=done")).Data["issues"]!;
        Assert.That(done, Is.InRange(20, Issues - 1));

        Assert.That((await SendAsync(service.Api, Body, "key")).Outcomes(), Is.EquivalentTo(issues.Select(issue => (issue, (string?)null))));

        var changed = (await service.Api.GetAsync("/api/order-issue/export?format=ndjson&status=done")).Issues.ToList();
        Assert.That(changed.Select(issue => (issue!["discussion"]!.AsArray().Count, (int)issue["__v"]!)), Is.EqualTo(Enumerable.Repeat((1, 1), Issues)));
    }
}
