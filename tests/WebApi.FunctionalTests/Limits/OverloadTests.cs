using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Limits;

/// <summary>What there is too much of is refused at once, and the rest goes on. Here another program holds the store's file, so that writes wait.</summary>
public sealed class OverloadTests
{
    private const int AtWork = 500;
    private const int Waiting = 512;
    private const int LargeIssues = 60;

    [Test]
    public async Task More_of_one_operation_than_can_be_at_work_is_refused_at_once()
    {
        using var service = Service.Start();
        using var held = Hold(service);

        var creates = Enumerable.Range(0, AtWork + 20).Select(_ => service.Api.CreateAsync(Api.Minimal())).ToList();

        await RefusedAsync(creates, 20);
        (await service.Api.GetAsync("/api/order-issue")).Succeeded();
        Assert.That((await service.Api.GetAsync("/health/ready")).Status, Is.EqualTo(HttpStatusCode.OK));
        await GoesOnAsync(held, creates, HttpStatusCode.Created);
    }

    [Test]
    public async Task More_writes_than_can_wait_are_refused_at_once_and_reads_go_on()
    {
        using var service = Service.Start();
        var order = Api.NewOrder();
        var issue = (await service.Api.CreateAsync(Api.Minimal(order))).Succeeded(HttpStatusCode.Created);
        using var held = Hold(service);

        // One of them is already being tried.
        var creates = Enumerable.Range(0, 300).Select(_ => service.Api.CreateAsync(Api.Minimal()));
        var messages = Enumerable.Range(0, Waiting + 1 - 300 + 20)
            .Select(_ => service.Api.PutAsync($"/api/order-issue/discussion/{order}", """{ "username": "a", "message": "b" }"""));
        List<Task<Answer>> writes = [.. creates, .. messages];

        await RefusedAsync(writes, 20);
        (await service.Api.GetAsync($"/api/order-issue/{issue.IssueId}")).Succeeded();
        await GoesOnAsync(held, writes, HttpStatusCode.Created, HttpStatusCode.OK);
    }

    [Test]
    public async Task A_request_that_takes_too_long_ends_and_does_nothing_afterwards()
    {
        using var service = Service.Start();
        using (Hold(service))
        {
            Hasten(service, TimeSpan.FromMilliseconds(500));
            var answer = (await service.Api.CreateAsync(Api.Minimal())).Failed(HttpStatusCode.ServiceUnavailable, "request_timeout");
            Hasten(service, TimeSpan.FromMinutes(1));

            Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(service.Log.Lines, Has.One.Contains("Answered request_timeout").And.None.Contains("   at "));
        }

        Assert.That((await service.Api.CreateAsync(Api.Minimal())).IssueId, Is.EqualTo("1600001"));
    }

    [Test]
    public async Task A_body_that_takes_too_long_ends()
    {
        using var service = Service.Start();
        Hasten(service, TimeSpan.FromMilliseconds(500));

        var (status, text) = await service.Api.SendRawAsync(
            "POST /api/order-issue/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(text, Does.Contain("malformed_body").And.Contain("too long"));
    }

    [Test]
    public async Task Answers_take_as_long_as_their_clients_do()
    {
        using var service = Service.Start();
        await FillAsync(service);
        Hasten(service, TimeSpan.FromSeconds(2));

        using var download = await SlowDownload.StartAsync(service.Api, "/api/order-issue/export?format=ndjson");
        using var list = await SlowDownload.StartAsync(service.Api, "/api/order-issue?limit=200");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);

        Assert.That(JsonNode.Parse(await list.Content.ReadAsStringAsync())!["data"]!.AsArray(), Is.Not.Empty);
        Assert.That((await download.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(LargeIssues));
    }

    [Test]
    public async Task More_exports_of_a_caller_than_can_be_under_way_are_refused_and_the_rest_goes_on()
    {
        using var service = Service.Start();
        await FillAsync(service);

        var downloads = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SlowDownload.StartAsync(service.Api, "/api/order-issue/export?format=csv")));

        (await service.Api.GetAsync("/api/order-issue/export?format=csv")).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");
        (await service.Api.GetAsync("/api/order-issue/1600001")).Succeeded();
        Array.ForEach(downloads, download => download.Dispose());
    }

    [Test]
    public async Task More_large_answers_of_a_caller_than_have_room_are_refused_before_anything_is_done()
    {
        const string Path = "/api/order-issue/1600001";
        const string Key = "another-caller-5d0e17";
        using var service = Service.Start(("Auth:ApiKeys:0:Name", "other"), ("Auth:ApiKeys:0:Key", Key), ("Auth:ApiKeys:0:Scopes", "issues:read"));
        (await service.Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);
        for (var i = 0; i < 110; i++)
        {
            var message = $$"""{ "username": "Ann", "message": "{{new string('花', 10_000)}}" }""";
            (await service.Api.PutAsync("/api/order-issue/discussion/A-1", message)).Succeeded();
        }

        // 3.2 MB each, of 64 MiB.
        var downloads = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SlowDownload.StartAsync(service.Api, Path)));

        var refused = (await service.Api.GetAsync(Path)).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        (await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""")).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");
        (await service.Api.GetAsync("/api/order-issue?limit=1&status=done")).Succeeded();
        var other = await service.Api.SendAsync(new(HttpMethod.Get, Path) { Headers = { { "X-Api-Key", Key } } });
        Assert.That((string?)other.Succeeded().Data["status"], Is.EqualTo("open"), "nothing was done");

        Array.ForEach(downloads, download => download.Dispose());
        await UntilAsync(async () => (await service.Api.GetAsync(Path)).Status == HttpStatusCode.OK);
        (await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""")).Succeeded();
    }

    [Test]
    public async Task More_large_bodies_of_a_caller_than_can_come_in_are_refused_and_the_rest_goes_on()
    {
        const string Key = "another-caller-5d0e17";
        using var service = Service.Start(("Auth:ApiKeys:0:Name", "other"), ("Auth:ApiKeys:0:Key", Key), ("Auth:ApiKeys:0:Scopes", "issues:write"));
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 32; i++)
            {
                slow.Add(new());
                await slow[i].ConnectAsync(service.Api.Address.Host, service.Api.Address.Port);
                await slow[i].GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST /api/order-issue/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{new string(' ', 40_000)}"));
            }

            await UntilAsync(async () => (await service.Api.PostAsync("/api/order-issue/create", new string(' ', 40_000))).Status == HttpStatusCode.ServiceUnavailable);
            (await service.Api.PostAsync("/api/order-issue/create", new string(' ', 40_000))).Failed(HttpStatusCode.ServiceUnavailable, "overloaded");
            (await service.Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created);
            var large = new StringContent(Api.Minimal().ToJsonString() + new string(' ', 40_000), Encoding.UTF8, "application/json");
            (await service.Api.SendAsync(new(HttpMethod.Post, "/api/order-issue/create") { Content = large, Headers = { { "X-Api-Key", Key } } }))
                .Succeeded(HttpStatusCode.Created);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }

        await UntilAsync(async () => (await service.Api.PostAsync("/api/order-issue/create", new string(' ', 40_000))).Status == HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task A_body_that_is_too_large_is_refused_before_it_ends()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Shared.Api.Address.Host, Shared.Api.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/order-issue/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n180000\r\n{new string(' ', 0x180000)}\r\n"));

        using var reader = new StreamReader(stream);

        Assert.That(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo("HTTP/1.1 413 Payload Too Large"));
    }

    /// <summary>With more than all that buffers on the way hold.</summary>
    private static async Task FillAsync(Service service)
    {
        for (var i = 0; i < LargeIssues; i++)
        {
            var body = Api.Minimal();
            body["items"] = new JsonArray([.. Enumerable.Range(0, 500).Select(_ => new JsonObject { ["sku"] = new string('花', 100), ["qty"] = 1 })]);
            (await service.Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);
        }
    }

    private static void Hasten(Service service, TimeSpan timeout)
    {
        var options = service.Services.GetRequiredService<IOptionsMonitor<RequestTimeoutOptions>>().CurrentValue;
        options.DefaultPolicy = new() { Timeout = timeout, WriteTimeoutResponse = options.DefaultPolicy!.WriteTimeoutResponse };
    }

    /// <summary>Until it is disposed of, no write gets its turn.</summary>
    private static SqliteConnection Hold(Service service)
    {
        var connection = new SqliteConnection($"Data Source={service.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>So many of them, while the others still wait.</summary>
    private static async Task RefusedAsync(List<Task<Answer>> writes, int count)
    {
        await UntilAsync(() => Task.FromResult(writes.Count(write => write.IsCompleted) >= count));
        var refused = writes.Where(write => write.IsCompleted).ToList();
        Assert.That(refused, Has.Count.EqualTo(count));
        foreach (var answer in refused)
        {
            Assert.That((await answer).Failed(HttpStatusCode.ServiceUnavailable, "overloaded").Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }
    }

    private static async Task GoesOnAsync(SqliteConnection held, List<Task<Answer>> writes, params HttpStatusCode[] statuses)
    {
        var waiting = writes.Where(write => !write.IsCompleted).ToList();
        await held.DisposeAsync();
        Assert.That((await Task.WhenAll(waiting)).Select(answer => answer.Status), Is.All.AnyOf([.. statuses.Cast<object>()]));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds() && tries < 300; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
