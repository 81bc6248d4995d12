using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using StandardWebhooks;

namespace OrderIssues.WebApi.FunctionalTests.Webhooks;

/// <summary>Webhooks of a running service, by HTTP on both sides.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
[CancelAfter(60_000)]
public sealed class WebhookTests(StoreKind store)
{
    private static readonly string Newest = NewSecret();
    private static readonly string Older = NewSecret();

    private FakeReceiver receiver = null!;

    [SetUp]
    public async Task Start() => receiver = await FakeReceiver.StartAsync();

    [TearDown]
    public async Task Stop() => await receiver.DisposeAsync();

    [Test]
    public async Task A_new_one_begins_with_the_first_event_after_the_start()
    {
        using var service = StartService(Newest);
        await service.Api.CreateAsync(Api.Minimal());

        await UntilAsync(() => receiver.Messages.Count == 1);
        Assert.That((string?)receiver.Messages.Single().Headers["webhook-id"], Is.EqualTo("evt_1"));
    }

    /// <summary>While a secret is exchanged, receivers have one of the two. The judge looks at all signatures but the last of several.</summary>
    [Test]
    public async Task Receivers_of_Standard_Webhooks_take_what_comes()
    {
        using (var service = StartService(Newest))
        {
            await service.Api.CreateAsync(Api.Minimal());
            await UntilAsync(() => receiver.Messages.Count == 1);
        }

        using var exchanging = StartService($"{Newest} {Older} {NewSecret()}");
        var created = (await exchanging.Api.CreateAsync(Api.Minimal())).Data;
        await UntilAsync(() => receiver.Messages.Count == 2);

        var (alone, body) = receiver.Messages.First();
        Assert.DoesNotThrow(() => new StandardWebhook(Newest).Verify(body, alone));
        Assert.Catch(() => new StandardWebhook(Older).Verify(body, alone));
        Assert.Catch(() => new StandardWebhook(Newest).Verify(body + " ", alone));

        var (exchanged, other) = receiver.Messages.Last();
        Assert.DoesNotThrow(() => new StandardWebhook(Newest).Verify(other, exchanged));
        Assert.DoesNotThrow(() => new StandardWebhook(Older).Verify(other, exchanged));
        var message = JsonNode.Parse(other)!;
        Assert.That((string?)message["type"], Is.EqualTo("order_issue.created"));
        Assert.That((string?)message["data"]!["issueId"], Is.EqualTo((string?)created["issueId"]));
        Assert.That((string?)exchanged["webhook-id"], Is.EqualTo($"evt_{message["sequence"]}"));
        Assert.That((string?)exchanged.ContentType, Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Tells_how_a_webhook_is_without_its_secrets()
    {
        using var service = StartService(Newest);
        Assert.That(await HealthAsync(service), Is.EqualTo("Healthy"));
        receiver.Next(FakeReceiver.Status(500), FakeReceiver.Status(410));
        await service.Api.CreateAsync(Api.Minimal());
        await service.Api.CreateAsync(Api.Minimal());

        await UntilAsync(async () => (string?)(await WebhookAsync(service))["state"] == "disabled");

        var webhook = await WebhookAsync(service);
        Assert.That((string?)webhook["name"], Is.EqualTo("erp"));
        Assert.That((string?)webhook["url"], Is.EqualTo($"{receiver.BaseUrl}/hook"));
        Assert.That((string?)webhook["lastError"]!["error"], Is.EqualTo("The receiver answered with the status 410."));
        Assert.That((string?)webhook["disabledReason"], Is.EqualTo("The receiver wants no more events."));
        Assert.That(webhook.ToJsonString(), Does.Not.Contain("hidden").And.Not.Contain("whsec_"));
        Assert.That(await HealthAsync(service), Is.EqualTo("Degraded: The webhook erp is disabled: The receiver wants no more events."));

        var pending = (await service.Api.GetAsync("/api/webhook/erp/delivery?status=pending")).Succeeded();
        Assert.That((string?)pending.Body["data"]![0]!["error"], Is.EqualTo("The receiver answered with the status 500."));

        Assert.That((string?)(await service.Api.PostAsync("/api/webhook/erp/enable", "")).Succeeded().Data["state"], Is.EqualTo("active"));
        await UntilAsync(() => receiver.Messages.Count >= 3);
        await UntilAsync(async () =>
            ((await service.Api.GetAsync("/api/webhook/erp/delivery?status=delivered")).Succeeded().Body["data"]!.AsArray()).Count > 0);
        Assert.That((string?)(await WebhookAsync(service))["state"], Is.EqualTo("active"));
        Assert.That(await HealthAsync(service), Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Pings_once_and_tells_what_came_of_it()
    {
        using var service = StartService(Newest);

        var success = (await service.Api.PostAsync("/api/webhook/erp/ping", "")).Succeeded();
        Assert.That((bool)success.Data["succeeded"]!, Is.True);
        var (headers, body) = receiver.Messages.Single();
        Assert.DoesNotThrow(() => new StandardWebhook(Newest).Verify(body, headers));
        Assert.That((string?)JsonNode.Parse(body)!["type"], Is.EqualTo("webhook.ping"));

        receiver.Next(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        var failure = (await service.Api.PostAsync("/api/webhook/erp/ping", "")).Succeeded();
        Assert.That((bool)failure.Data["succeeded"]!, Is.False);
        Assert.That((string?)failure.Data["error"], Is.EqualTo("The receiver answered with the status 302."));
        Assert.That(receiver.Messages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Redelivers_events_of_the_log()
    {
        using var service = StartService(Newest);
        for (var i = 0; i < 3; i++)
        {
            await service.Api.CreateAsync(Api.Minimal());
        }

        await UntilAsync(() => receiver.Messages.Count == 3);

        var answer = (await service.Api.PostAsync("/api/webhook/erp/redeliver", """{"from":2,"to":3}""")).Succeeded();

        Assert.That((int)answer.Data["events"]!, Is.EqualTo(2));
        await UntilAsync(() => receiver.Messages.Count == 5);
        Assert.That(
            receiver.Messages.Skip(3).Select(message => message.Headers["webhook-id"].ToString()), Is.EquivalentTo(new[] { "evt_2", "evt_3" }));
    }

    [Test]
    public async Task Refuses_events_that_there_are_not()
    {
        using var service = StartService(Newest);
        await service.Api.CreateAsync(Api.Minimal());

        foreach (var (body, fields) in new[]
        {
            ("{}", "from,to"), ("""{"from":1}""", "to"), ("""{"to":1}""", "from"), ("""{"from":0,"to":1}""", "from"), ("""{"from":2,"to":1}""", "to"),
            ("""{"from":1,"to":1001}""", "to"), ("""{"from":1,"to":2}""", "to"),
            ("""{"from":9007199254740993,"to":9007199254740994}""", "to"), ("""{"from":1,"to":9223372036854775807}""", "to"),
            ("""{"from":-9223372036854775808,"to":9223372036854775807}""", "from"),
        })
        {
            var answer = await service.Api.PostAsync("/api/webhook/erp/redeliver", body);
            Assert.That(answer.Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EquivalentTo(fields.Split(',')), body);
        }
    }

    [Test]
    public async Task Refuses_what_it_does_not_know()
    {
        using var service = StartService(Newest);

        foreach (var action in new[] { "ping", "enable" })
        {
            (await service.Api.PostAsync($"/api/webhook/other/{action}", "")).Failed(HttpStatusCode.NotFound, "webhook_not_found");
        }

        (await service.Api.PostAsync("/api/webhook/other/redeliver", """{"from":1,"to":1}""")).Failed(HttpStatusCode.NotFound, "webhook_not_found");
        (await service.Api.GetAsync("/api/webhook/other/delivery")).Failed(HttpStatusCode.NotFound, "webhook_not_found");
        foreach (var query in new[] { "status=done", "cursor=x", "cursor=failed-1&status=pending", "cursor=failed-99999999999999999999", "limit=1" })
        {
            var answer = await service.Api.GetAsync($"/api/webhook/erp/delivery?{query}");
            Assert.That(answer.Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields.Single(), Is.EqualTo(query.Split('=')[0]));
        }

        (await service.Api.GetAsync("/api/webhook?name=erp")).Failed(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Test]
    public async Task Takes_a_scope_of_its_own()
    {
        using var service = StartService(
            Newest,
            ("Auth:AllowAnonymous", "false"),
            ("Auth:ApiKeys:0:Name", "app"), ("Auth:ApiKeys:0:Key", "webhook-tests-app-key"), ("Auth:ApiKeys:0:Scopes", "issues:read issues:write"),
            ("Auth:ApiKeys:1:Name", "ops"), ("Auth:ApiKeys:1:Key", "webhook-tests-ops-key"), ("Auth:ApiKeys:1:Scopes", "webhooks:manage"));

        Assert.That((await SendAsync("webhook-tests-ops-key", "/api/webhook")).Status, Is.EqualTo(HttpStatusCode.OK));
        (await SendAsync("webhook-tests-ops-key", "/api/order-issue")).Failed(HttpStatusCode.Forbidden, "forbidden");
        (await SendAsync("webhook-tests-app-key", "/api/webhook")).Failed(HttpStatusCode.Forbidden, "forbidden");
        (await SendAsync("webhook-tests-app-key", "/api/webhook/erp/delivery")).Failed(HttpStatusCode.Forbidden, "forbidden");

        Task<Answer> SendAsync(string key, string path) =>
            service.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Api-Key", key } } });
    }

    private static string NewSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    private static async Task<JsonNode> WebhookAsync(Service service) =>
        (await service.Api.GetAsync("/api/webhook")).Succeeded().Body["data"]!.AsArray().Single()!;

    private static async Task<string> HealthAsync(Service service)
    {
        var part = (await service.Api.GetAsync("/health/ready")).Succeeded().Body["parts"]!["webhooks"]!;
        return part["detail"] is { } detail ? $"{part["status"]}: {detail}" : $"{part["status"]}";
    }

    /// <summary>Starts a service that has begun to follow the log.</summary>
    private Service StartService(string secret, params (string Key, string Value)[] settings) =>
        Service.On(store, [.. receiver.Settings(secret), .. settings]);
}
