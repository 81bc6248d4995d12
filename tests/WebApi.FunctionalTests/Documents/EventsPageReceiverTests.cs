using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Records;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Clients;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Documents;

/// <summary>The receivers that the page on events shows, with webhooks that a library which isn't ours signs, and with the service's own.</summary>
[TestFixture("ts")]
[TestFixture("cs")]
[TestFixture("python")]
[CancelAfter(60_000)]
public sealed partial class EventsPageReceiverTests(string language)
{
    private const string Secret = SignedWebhook.Secret;
    private const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Neither = "whsec_NEkwMmVmZTI3YWYzNGQwNTlhMGMyZjRhYmNkZWY=";
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));
    private static readonly HttpClient Http = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 });

    private IPageReceiver receiver = null!;

    [SetUp]
    public async Task Start() => receiver = await StartAsync(Secret);

    [TearDown]
    public async Task Stop()
    {
        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }
    }

    [Test]
    public async Task Drops_what_is_older_than_it_has()
    {
        var sent = new[] { ("A", 0), ("A", 2), ("A", 1), ("B", 0), ("A", 2), ("A", 3), ("C", 0) };
        foreach (var (issue, version) in sent)
        {
            Assert.That(await SendAsync(receiver, Event(issue, version)), Is.EqualTo(HttpStatusCode.NoContent));
        }

        // Another program's change leaves the version as it is.
        Assert.That(await PrintedAsync(receiver, "C"), Is.EqualTo(new[]
        {
            "order_issue.edited A v0", "order_issue.edited A v2", "order_issue.edited B v0", "order_issue.edited A v2", "order_issue.edited A v3",
            "order_issue.edited C v0",
        }));
    }

    [Test]
    public async Task Takes_a_trial_and_an_issue_without_a_number()
    {
        Assert.That(await SendAsync(receiver, """{"type":"webhook.ping","timestamp":"2026-11-28T12:00:00.000Z","data":{}}"""), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await SendAsync(receiver, Event("ü日本🙂", 0).Replace("\"issueId\":\"ü日本🙂\",", "", StringComparison.Ordinal)), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await PrintedAsync(receiver, "ü日本🙂"), Has.Member("order_issue.edited ü日本🙂 v0"));
    }

    [Test]
    public async Task Refuses_what_is_not_signed()
    {
        var forged = Event("forged", 0);
        var now = TimeProvider.System.GetUtcNow();
        var signed = SignedWebhook.Headers(now, forged);
        var refused = new (string Body, Dictionary<string, string> Headers)[]
        {
            (forged.Replace("\"version\":0", "\"version\":1", StringComparison.Ordinal), signed),
            (forged + " ", signed),
            ("", signed),
            (forged, new() { ["webhook-id"] = "evt_1" }),
            (forged, With("webhook-id", "evt_4712")),
            (forged, With("webhook-timestamp", $"{now.ToUnixTimeSeconds() + 1}")),
            (forged, With("webhook-timestamp", "soon")),
            (forged, With("webhook-signature", "v1,")),
            (forged, With("webhook-signature", "ü , v2,=")),
            (forged, With("webhook-signature", "")),
            (forged, SignedWebhook.Headers(now, forged, Neither)),
            (forged, SignedWebhook.Headers(now.AddMinutes(-6), forged)),
            (forged, SignedWebhook.Headers(now.AddMinutes(6), forged)),
        };
        foreach (var (body, headers) in refused)
        {
            Assert.That(await SendAsync(receiver, body, headers), Is.EqualTo(HttpStatusCode.BadRequest), string.Join(' ', headers));
        }

        Assert.That(await SendAsync(receiver, Event("last", 0)), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await PrintedAsync(receiver, "last"), Has.None.Contains("forged"));

        Dictionary<string, string> With(string name, string value) => new(signed) { [name] = value };
    }

    [Test]
    public async Task Goes_on_while_one_secret_is_exchanged_for_another_on_either_side_first()
    {
        await using var exchanging = await StartAsync($"{Other} {Secret}");
        foreach (var (to, secrets) in new[] { (receiver, new[] { Other, Secret }), (exchanging, [Secret]), (exchanging, [Other]), (exchanging, [Neither, Other]) })
        {
            var body = Event("exchanged", 0);
            Assert.That(await SendAsync(to, body, SignedWebhook.Headers(TimeProvider.System.GetUtcNow(), body, secrets)), Is.EqualTo(HttpStatusCode.NoContent));
        }

        Assert.That(await SendAsync(exchanging, Event("E", 0), SignedWebhook.Headers(TimeProvider.System.GetUtcNow(), Event("E", 0), Neither)), Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Gets_what_the_service_sends()
    {
        await using var exchanging = await StartAsync(Secret);
        using var service = Service.Start(
            ("Webhooks:AllowedHosts:0", "127.0.0.1"), ("Webhooks:0:Name", "page"), ("Webhooks:0:Url", exchanging.Address.ToString()), ("Webhooks:0:Secret", $"{Other} {Secret}"));
        await UntilAsync(async () => await service.Services.GetRequiredService<IRecordStore>().FindAsync(RecordKinds.Webhooks, "page") is not null);
        Assert.That((bool)(await service.Api.PostAsync("/api/webhook/page/ping", "")).Data["succeeded"]!, Is.True);

        await service.Api.CreateAsync(Api.Minimal("A-1"));
        await service.Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""");
        await service.Api.CreateAsync(Api.Minimal("A-2"));

        Assert.That(
            await PrintedAsync(exchanging, "1600002"),
            Is.EqualTo(new[] { "order_issue.created 1600001 open", "order_issue.status_changed 1600001 done", "order_issue.created 1600002 open" }));
    }

    private static string Shown(string language) =>
        Block().Matches(Page).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)
            .Single(code => code.Contains("WEBHOOK_SECRET", StringComparison.Ordinal));

    private static string Event(string issue, int version) =>
        $$$"""{"sequence":4711,"type":"order_issue.edited","timestamp":"2026-11-28T12:00:00.000Z","data":{"issueId":"{{{issue}}}","OrderId":"{{{issue}}}","source":"email","version":{{{version}}},"status":"v{{{version}}}","resolved":false,"changed":[]}}""";

    private Task<IPageReceiver> StartAsync(string secret) => language switch
    {
        "ts" => ReceiverProcess.StartTypeScriptAsync(Shown("ts"), secret),
        "python" => ReceiverProcess.StartPythonAsync(Shown("python"), secret),
        _ => ReceiverInProcess.StartAsync(secret),
    };

    private static async Task<HttpStatusCode> SendAsync(IPageReceiver to, string body, Dictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers ?? SignedWebhook.Headers(TimeProvider.System.GetUtcNow(), body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Lines that it has printed, once there is one of this issue.</summary>
    private static async Task<IReadOnlyCollection<string>> PrintedAsync(IPageReceiver from, string issue)
    {
        await UntilAsync(() => Task.FromResult(from.Printed.Any(line => line.Split(' ')[1] == issue)));
        return from.Printed;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
