using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Events;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class EventStreamTests(StoreKind store)
{
    [Test]
    public async Task Sends_events_as_they_happen()
    {
        using var service = Service.On(store);
        await service.Api.CreateAsync(Api.Minimal("A-1"));
        using var stream = await EventStream.OpenAsync(service.Api.Address);
        var events = stream.ReadAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        Assert.That((events.Current.Id, events.Current.Type), Is.EqualTo(("1", "order_issue.created")));

        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""");

        await events.MoveNextAsync();
        Assert.That((events.Current.Id, events.Current.Type), Is.EqualTo(("2", "order_issue.status_changed")));
        var listed = (await service.Api.GetAsync("/api/issue-event?after=1")).Succeeded().Body["data"]![0]!;
        Assert.That(events.Current.Data.ToJsonString(), Is.EqualTo(listed.ToJsonString()));
        Assert.That(stream.Response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/event-stream"));
    }

    [Test]
    public async Task Goes_on_after_the_last_event_of_before()
    {
        using var service = Service.On(store);
        for (var i = 0; i < 3; i++)
        {
            await service.Api.CreateAsync(Api.Minimal("A-1"));
        }

        await service.Api.GetAsync("/api/issue-event?after=2&wait=30");
        Assert.That(await FirstAsync(service, "?after=1"), Is.EqualTo("2"));
        Assert.That(await FirstAsync(service, "", "2"), Is.EqualTo("3"));
        Assert.That(await FirstAsync(service, "?after=0", "2"), Is.EqualTo("3"), "A browser repeats the first address");
        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""");
        Assert.That(await FirstAsync(service, "?type=order_issue.status_changed"), Is.EqualTo("4"));
    }

    [Test]
    public async Task Says_every_15_seconds_that_it_is_there()
    {
        var time = new FakeTimeProvider(new(2025, 11, 20, 10, 0, 0, 0, TimeSpan.Zero));
        using var service = Service.On(store, time);
        using var stream = await EventStream.OpenAsync(service.Api.Address);
        using var reader = new StreamReader(await stream.Response.Content.ReadAsStreamAsync());
        for (var comments = 0; comments < 4; comments++)
        {
            Assert.That(await time.LetPassUntilAsync(reader.ReadLineAsync(), faster: 100), Is.EqualTo(":"));
            if (comments > 0)
            {
                Assert.That(await reader.ReadLineAsync(), Is.EqualTo("id: 0"), "How far it has looked");
            }

            Assert.That(await reader.ReadLineAsync(), Is.Empty);
            Assert.That(time.GetUtcNow(), Is.GreaterThanOrEqualTo(time.Start + (comments * TimeSpan.FromSeconds(15))));
        }
    }

    [Test]
    public async Task Refuses_an_id_that_is_none([Values("-1", "x", "1.5")] string id)
    {
        using var stream = await EventStream.OpenAsync(Shared.On(store).Address, "", ("Last-Event-ID", id));

        Assert.That(stream.Response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await stream.Response.Content.ReadAsStringAsync(), Does.Contain("Last-Event-ID"));
    }

    [Test]
    public async Task Answers_HEAD_at_once()
    {
        using var client = new HttpClient { BaseAddress = Shared.On(store).Address };
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/issue-event/stream"));

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "text/event-stream")));
    }

    [Test]
    public async Task Ends_when_the_token_does()
    {
        if (store != StoreKind.Sqlite)
        {
            Assert.Ignore("The store makes no difference.");
        }

        await using var issuer = await FakeIssuer.StartAsync();
        using var service = Service.Start(
            ("Auth:AllowAnonymous", "false"), ("Auth:Jwt:Authority", issuer.Address), ("Auth:Jwt:Audience", FakeIssuer.Audience));
        var token = issuer.Token("issues:read", minutes: 0, seconds: 3);
        using var stream = await EventStream.OpenAsync(service.Api.Address, "", ("Authorization", $"Bearer {token}"));
        Assert.That(stream.Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(await stream.ReadTextAsync().WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(":\n\n"));
    }

    [Test]
    public async Task A_token_may_be_good_for_years()
    {
        if (store != StoreKind.Sqlite)
        {
            Assert.Ignore("The store makes no difference.");
        }

        await using var issuer = await FakeIssuer.StartAsync();
        using var service = Service.Start(
            ("Auth:AllowAnonymous", "false"), ("Auth:Jwt:Authority", issuer.Address), ("Auth:Jwt:Audience", FakeIssuer.Audience));
        var token = issuer.Token("issues:read issues:write", minutes: 100 * 365 * 24 * 60);
        using var stream = await EventStream.OpenAsync(service.Api.Address, "", ("Authorization", $"Bearer {token}"));
        var events = stream.ReadAsync().GetAsyncEnumerator();
        using var client = new HttpClient { BaseAddress = service.Api.Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };
        (await client.PostAsync("/api/order-issue/create", JsonContent.Create(Api.Minimal()))).EnsureSuccessStatusCode();

        Assert.That(await events.MoveNextAsync(), Is.True);
    }

    /// <summary>What it waits for is room in the connection, not an event.</summary>
    [Test]
    public async Task A_caller_that_does_not_read_holds_up_no_stop()
    {
        if (store != StoreKind.Sqlite)
        {
            Assert.Ignore("The store makes no difference.");
        }

        using var folder = new TemporaryFolder();
        using var service = await ServiceProcess.StartAsync(
            folder.Path, ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_SHUTDOWNTIMEOUTSECONDS", "60"), ("ConnectionStrings__Sqlite", "Data Source=x.db"));
        var by = new string('x', 200);
        var numbers = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 500, async (i, _) => numbers.Add((await service.Api.CreateAsync(Api.Minimal($"A-{i}"))).IssueId));
        var ids = string.Join(',', numbers.Select(number => $"\"{number}\""));
        for (var change = 0; change < 16; change++)
        {
            var status = change % 2 == 0 ? "done" : "open";
            (await service.Api.PostAsync(
                "/api/order-issue/bulk", $$"""{ "issueIds": [{{ids}}], "change": { "status": "{{status}}", "by": "{{by}}" } }""")).Succeeded();
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(service.Api.Address.Host, service.Api.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /api/issue-event/stream?after=0 HTTP/1.1\r\nHost: x\r\n\r\n"));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);

        var start = TimeProvider.System.GetTimestamp();
        await service.StopAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(service.Output, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task Lets_all_go_when_the_service_stops()
    {
        using var folder = new TemporaryFolder();
        var database = store == StoreKind.MongoDb ? await MongoServer.NewDatabaseAsync() : null;
        if (store == StoreKind.MongoDb && database is null)
        {
            Assert.Ignore(MongoServer.HowTo);
        }

        using var service = await ServiceProcess.StartAsync(
            folder.Path,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("ASPNETCORE_SHUTDOWNTIMEOUTSECONDS", "60"),
            database is null ? ("ConnectionStrings__Sqlite", "Data Source=x.db") : ("ConnectionStrings__MongoDb", database));
        using var stream = await EventStream.OpenAsync(service.Api.Address);
        var text = stream.ReadTextAsync();
        var waiting = service.Api.GetAsync("/api/issue-event?wait=30");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        var start = TimeProvider.System.GetTimestamp();
        await service.StopAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That((await waiting).Succeeded().Body["data"]!.AsArray(), Is.Empty);
        Assert.That(await text, Is.EqualTo(":\n\n"));
        Assert.That((service.ExitCode, service.Output), Is.EqualTo((0, service.Output)));
        Assert.That(service.Output, Does.Not.Contain("   at "));
    }

    private static async Task<string> FirstAsync(Service service, string query, string? lastEventId = null)
    {
        using var stream = await EventStream.OpenAsync(
            service.Api.Address, query, lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        var events = stream.ReadAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        return events.Current.Id;
    }
}
