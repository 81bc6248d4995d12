using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Observability;

/// <summary>In a process each, since meters are a process's.</summary>
public sealed class TelemetryTests
{
    private const string Customer = "josh.secret@example.com";
    private const string Order = "A-secret-4711";
    private static readonly (string, string) Anonymous = ("Auth__AllowAnonymous", "true");
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Metrics_tell_what_happened_and_how_the_store_is()
    {
        using var service = await StartAsync(Anonymous);
        foreach (var type in new[] { "Damaged", "damaged ", "lost" })
        {
            (await service.Api.PostAsync("/api/order-issue/create", $$"""
                { "OrderId": "{{Order}}", "source": "freshdesk-us", "ticketId": "18362", "issueType": "{{type}}", "customerEmail": "{{Customer}}", "dueAt": "2025-01-01" }
                """)).Succeeded(HttpStatusCode.Created);
        }

        (await service.Api.PutAsync($"/api/order-issue/update/{Order}", """{ "status": "done" }""")).Succeeded();
        (await service.Api.PutAsync($"/api/order-issue/update/{Order}", """{ "status": "done" }""")).Succeeded();
        (await service.Api.GetAsync("/api/order-issue/9")).Failed(HttpStatusCode.NotFound, "issue_not_found");
        using (var backup = await ServiceProcess.StartAsync(folder.Path, [.. ServiceProcess.Command, "backup", "--to", "backups"], [Store]))
        {
            Assert.That(backup.ExitCode, Is.Zero, backup.Output);
        }

        // The gauges of the store come five seconds after the start.
        string text;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            text = (await service.Api.GetAsync("/metrics")).Text;
        }
        while (!text.Contains("order_issue_open{", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(ValueOf(text, "order_issue_created_total", """source="freshdesk",type="damaged" """), Is.EqualTo(2));
            Assert.That(ValueOf(text, "order_issue_created_total", """source="freshdesk",type="lost" """), Is.EqualTo(1));
            Assert.That(ValueOf(text, "order_issue_resolved_total", """source="freshdesk",type="lost" """), Is.EqualTo(1), "once, though it was asked for twice");
            Assert.That(ValueOf(text, "order_issue_open", """source="freshdesk",type="damaged" """), Is.EqualTo(2));
            Assert.That(ValueOf(text, "order_issue_oldest_open_age_seconds"), Is.InRange(0, 600));
            Assert.That(ValueOf(text, "order_issue_overdue"), Is.EqualTo(2));
            Assert.That(ValueOf(text, "order_issue_backup_age_seconds"), Is.InRange(0, 600));
            Assert.That(ValueOf(text, "order_issue_problems_total", """code="issue_not_found" """), Is.GreaterThanOrEqualTo(1));
            Assert.That(ValueOf(text, "order_issue_problems_total", """code="internal_error" """), Is.Zero);
            Assert.That(ValueOf(text, "order_issue_problems_total", """code="store_unavailable" """), Is.Zero, "also where it was asked whether it is ready while it started");
            Assert.That(ValueOf(text, "db_client_operation_duration_seconds_count", """db_operation_name="commit",db_system_name="sqlite" """), Is.GreaterThan(0));
            Assert.That(text, Does.Contain("http_server_request_duration_seconds_count").And.Contain("dotnet_gc_pause_time_seconds_total"));
            Assert.That(text, Does.Not.Contain("secret"));
        });
    }

    [Test]
    public async Task Metrics_need_their_scope()
    {
        using var service = await StartAsync(
            [.. Key(0, "monitoring", "metrics:read"), .. Key(1, "agent", "issues:read issues:write webhooks:manage")]);

        Assert.That(await StatusAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await StatusAsync("agent"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync("monitoring"), Is.EqualTo(HttpStatusCode.OK));

        async Task<HttpStatusCode> StatusAsync(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            if (key is not null)
            {
                request.Headers.Authorization = new("Bearer", key);
            }

            return (await service.Api.SendAsync(request)).Status;
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Metrics_have_an_address_of_their_own_or_none(bool isOn)
    {
        var own = $"http://127.0.0.1:{FreePort()}";
        using var service = await StartAsync(Anonymous, ("Telemetry__MetricsUrl", own), ("Telemetry__Metrics", isOn ? "true" : "false"));
        using var http = new HttpClient();

        (await service.Api.GetAsync("/metrics")).Failed(HttpStatusCode.NotFound, "route_not_found");
        if (isOn)
        {
            Assert.That(await http.GetStringAsync($"{own}/metrics"), Does.Contain("http_server_request_duration_seconds_count"));
            Assert.That((await http.GetAsync($"{own}/api/order-issue")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await http.PostAsync($"{own}/metrics", content: null)).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        }
        else
        {
            Assert.That(async () => await http.GetAsync($"{own}/metrics"), Throws.InstanceOf<HttpRequestException>());
        }
    }

    [TestCase("Telemetry__MetricsUrl", "9464", "Telemetry:MetricsUrl")]
    [TestCase("Telemetry__MetricsUrl", "http://metrics.example.com:9464", "Telemetry:MetricsUrl: 'http://metrics.example.com:9464' can't be listened on")]
    [TestCase("Telemetry__MetricsUrl", "http://127.0.0.1:0", "Telemetry:MetricsUrl: 'http://127.0.0.1:0' can't be listened on")]
    [TestCase("Telemetry__OtlpEndpoint", "collector", "Telemetry:OtlpEndpoint")]
    [TestCase("Telemetry__Metrics", "perhaps", "Telemetry:Metrics")]
    public async Task Refuses_settings_that_can_not_be_used(string key, string value, string told)
    {
        using var service = await StartAsync(Anonymous, (key, value));

        Assert.That(service.ExitCode, Is.EqualTo(1), service.Output);
        Assert.That(service.Output, Does.Contain($"The service can't start. {told}"));
    }

    /// <summary>A caller's trace goes on here, and the traceId of a problem leads to its span and its log lines.</summary>
    [Test]
    public async Task Traces_metrics_and_logs_reach_a_collector_without_orders_and_customers()
    {
        await using var collector = await FakeCollector.StartAsync();
        using var service = await StartAsync(
            Anonymous, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("Logging__LogLevel__OrderIssues.WebApi.Observability.RequestLog", "Debug"));
        const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/order-issue/{Order}?x={Customer}") { Headers = { { "traceparent", $"00-{TraceId}-00f067aa0ba902b7-01" } } };

        var problem = (await service.Api.SendAsync(request)).Body;

        Assert.That((string?)problem["traceId"], Does.Contain(TraceId));
        foreach (var signal in new[] { "/v1/traces", "/v1/logs" })
        {
            await UntilAsync(() => collector.Received[signal].Any(body => body.AsSpan().IndexOf(Convert.FromHexString(TraceId)) >= 0), signal);
        }

        await UntilAsync(() => TextOf(collector.Received["/v1/metrics"]).Contains("order_issue.problems", StringComparison.Ordinal), "/v1/metrics");
        var all = TextOf(collector.Received.SelectMany(bodies => bodies));
        Assert.That(all, Does.Contain("api/order-issue/{").And.Not.Contain(Order).And.Not.Contain(Customer));
    }

    private static double ValueOf(string metrics, string name, string labels = "") => double.Parse(
        Regex.Match(metrics, $@"^{name}\{{otel_scope_name=""OrderIssues""{(labels.Length > 0 ? "," : "")}{Regex.Escape(labels.Trim())}\}} (?<value>\S+)$", RegexOptions.Multiline) is { Success: true } match
            ? match.Groups["value"].Value
            : throw new AssertionException($"{name} {labels} isn't in:\n{metrics}"),
        CultureInfo.InvariantCulture);

    private static string TextOf(IEnumerable<byte[]> bodies) => string.Concat(bodies.Select(Encoding.UTF8.GetString));

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.That(i, Is.LessThan(1_000), what);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (string, string)[] Key(int place, string name, string scopes) =>
    [
        ($"Auth__ApiKeys__{place}__Name", name), ($"Auth__ApiKeys__{place}__Scopes", scopes),
        ($"Auth__ApiKeys__{place}__KeySha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))),
    ];

    private static readonly (string, string) Store = ("ConnectionStrings__Sqlite", "Data Source=issues.db");

    private Task<ServiceProcess> StartAsync(params (string, string)[] settings) => ServiceProcess.StartAsync(folder.Path, [Store, .. settings]);
}
