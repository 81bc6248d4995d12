using System.Net;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Startup;

public sealed class ShutdownTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Ends_at_once_when_nothing_is_under_way()
    {
        using var service = await StartAsync(60);
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);

        await service.StopAsync();

        Assert.That(service.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Answers_new_requests_while_a_slow_reader_has_its_time_and_then_ends()
    {
        using var service = await StartAsync(3);
        var message = new string('x', 10_000);
        var issue = (await service.Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);
        await Parallel.ForAsync(0, 100, async (_, _) =>
            (await service.Api.PutAsync("/api/order-issue/discussion/A-1", $$"""{ "username": "a", "message": "{{message}}" }""")).Succeeded());
        using var download = await SlowDownload.StartAsync(service.Api, "/api/order-issue/export?format=ndjson");
        var start = TimeProvider.System.GetTimestamp();

        var stop = service.StopAsync();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            (await service.Api.GetAsync($"/api/order-issue/{issue.IssueId}/history")).Succeeded();
            using var other = new HttpClient { BaseAddress = service.Api.Address };
            (await new Api(other).CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        }

        var ready = (await service.Api.GetAsync("/health/ready")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.That((string?)ready.Body["detail"], Is.EqualTo("The service is stopping."));
        await stop;
        Assert.That(service.ExitCode, Is.Zero, service.Output);
        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(async () => await download.Content.ReadAsByteArrayAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(service.Output, Does.Not.Contain("   at "));
    }

    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.MongoDb)]
    public async Task Nothing_of_a_service_that_has_ended_stays_in_memory(StoreKind store)
    {
        var ended = new List<WeakReference>();
        for (var i = 0; i < 8; i++)
        {
            ended.Add(await StartAndEndAsync(store));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // Threads may still have the last ones in hand.
        Assert.That(ended.Count(service => service.IsAlive), Is.AtMost(3));
    }

    private static async Task<WeakReference> StartAndEndAsync(StoreKind store)
    {
        using var service = Service.On(store, ("RateLimit:PermitsPerMinute", "100"));
        (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
        return new WeakReference(service.Services);
    }

    private Task<ServiceProcess> StartAsync(int seconds) => ServiceProcess.StartAsync(
        folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_SHUTDOWNTIMEOUTSECONDS", $"{seconds}"));
}
