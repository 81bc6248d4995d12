using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Webhooks;
using OrderIssues.Infrastructure.Webhooks;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>Calls a receiver on this machine.</summary>
[CancelAfter(30_000)]
public sealed class WebhookSenderTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Body = """{"sequence":7,"by":"花 😀"}""";

    private static readonly string Secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    [Test]
    public async Task Posts_the_event_as_Standard_Webhooks_says()
    {
        using var receiver = new RawReceiver(Ok);

        var outcome = await SendAsync(receiver.Url);

        Assert.That(outcome.Succeeded, Is.True, outcome.Error);
        var lines = receiver.Requests.Single().Split("\r\n");
        Assert.That(lines[0], Is.EqualTo("POST /path?token=t HTTP/1.1"));
        Assert.That(lines[^1], Is.EqualTo(Body));
        Assert.That(
            lines[1..^2].Select(line => line.Split(": ")[0]),
            Is.EquivalentTo(new[] { "Host", "Content-Type", "Content-Length", "User-Agent", "webhook-id", "webhook-timestamp", "webhook-signature" }));
        Assert.That(lines, Has.One.EqualTo("Content-Type: application/json").And.One.EqualTo("webhook-id: evt_7"));
    }

    [Test]
    public async Task Uses_a_connection_again_unless_an_answer_is_long()
    {
        using var receiver = new RawReceiver(Ok);
        using var sender = SenderOf(receiver.Url);
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await SendAsync(sender)).Succeeded, Is.True);
        }

        Assert.That(receiver.Connections, Is.EqualTo(1));

        receiver.Answer = $"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{new string('x', 100_000)}";
        Assert.That((await SendAsync(sender)).Succeeded, Is.True);
        receiver.Answer = Ok;
        Assert.That((await SendAsync(sender)).Succeeded, Is.True);
        Assert.That(receiver.Connections, Is.EqualTo(2));
    }

    [TestCase("204 No Content", null)]
    [TestCase("302 Found\r\nLocation: http://hooks.example.com/", "The receiver answered with the status 302.")]
    [TestCase("410 Gone", "The receiver answered with the status 410.")]
    [TestCase("500 secret", "The receiver answered with the status 500.")]
    public async Task Tells_a_success_by_the_status(string status, string? error)
    {
        using var receiver = new RawReceiver($"HTTP/1.1 {status}\r\n{(status.StartsWith("204", StringComparison.Ordinal) ? "" : "Content-Length: 0\r\n")}\r\n");

        var outcome = await SendAsync(receiver.Url);

        Assert.That((outcome.Error, outcome.IsGone), Is.EqualTo((error, status.StartsWith("410", StringComparison.Ordinal))));
        Assert.That(receiver.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Reads_how_long_to_wait()
    {
        using var receiver = new RawReceiver("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
        Assert.That((await SendAsync(receiver.Url)).RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(2)));

        receiver.Answer = $"HTTP/1.1 503 Slow\r\nRetry-After: {time.GetUtcNow().AddMinutes(3):r}\r\nContent-Length: 0\r\n\r\n";
        Assert.That((await SendAsync(receiver.Url)).RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(3)).Within(TimeSpan.FromSeconds(1)));

        receiver.Answer = "HTTP/1.1 503 Slow\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n";
        Assert.That((await SendAsync(receiver.Url)).RetryAfter, Is.Null);
    }

    [Test]
    public async Task Waits_15_seconds_for_an_answer()
    {
        using var receiver = new RawReceiver("HTTP/1.1 200 OK\r\n");
        var sending = SendAsync(receiver.Url);
        await WaitForAsync(() => receiver.Requests.Count == 1);

        time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.That(sending.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That((await sending).TimedOut, Is.True);
    }

    [Test]
    public async Task Takes_a_status_for_an_answer_though_the_rest_does_not_come()
    {
        using var receiver = new RawReceiver("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        var sending = SendAsync(receiver.Url);
        await WaitForAsync(() => receiver.Requests.Count == 1);
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));

        time.Advance(TimeSpan.FromSeconds(15));

        Assert.That((await sending).Succeeded, Is.True);
    }

    [TestCase("", "HTTP/1.1 103 Early Hints\r\n\r\n", "The receiver closed the connection, or answered otherwise than HTTP says.")]
    [TestCase("HTTP/1.1 200 OK\r\n", "X: x\r\n", "The receiver closed the connection, or answered otherwise than HTTP says.")]
    [TestCase("HTTP/1.1 200 OK\r\nX: ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "The receiver closed the connection, or answered otherwise than HTTP says.")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n", null)]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1", "0", null)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "xxxxxxxxxxxxxxxxx", null)]
    public async Task Endless_answers_end(string begin, string endless, string? error)
    {
        using var receiver = new RawReceiver(begin) { Endless = endless };

        var sending = SendAsync(receiver.Url);
        await WaitForAsync(() => receiver.Requests.Count == 1);

        // A body without an end is a success once time is up; a head without one is refused before, however slow the machine is.
        await Task.WhenAny(sending, Task.Delay(error is null ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30), TimeProvider.System));
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.That((await sending).Error, Is.EqualTo(error));
    }

    [TestCase("", "The receiver closed the connection, or answered otherwise than HTTP says.")]
    [TestCase("SSH-2.0-secret\r\n", "The receiver closed the connection, or answered otherwise than HTTP says.")]
    public async Task A_broken_answer_is_a_failure_without_its_text(string answer, string error)
    {
        using var receiver = new RawReceiver(answer);

        Assert.That((await SendAsync(receiver.Url)).Error, Is.EqualTo(error));
    }

    [Test]
    public async Task Tells_what_can_not_be_reached()
    {
        Assert.That(
            (await SendAsync(new Uri("http://hooks.example.com:1/"))).Error, Is.EqualTo("The connection failed (ConnectionRefused)."));
        Assert.That(
            (await SendAsync(new Uri("http://hooks.example.com/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([]))).Error,
            Is.EqualTo("The receiver's name can't be looked up."));
        Assert.That((await SendAsync(new Uri("http://hooks.example.com:0/"))).Error, Does.StartWith("The connection failed ("));
        Assert.That((await SendAsync(new Uri("http://hooks.example.com:65535/"))).Error, Does.StartWith("The connection failed ("));
        using var receiver = new RawReceiver(Ok);
        Assert.That(
            (await SendAsync(new Uri($"https://hooks.example.com:{receiver.Url.Port}/"))).Error,
            Is.EqualTo("The receiver's certificate isn't valid, or TLS failed otherwise."));
    }

    /// <summary>A name that is public when it is configured may lead elsewhere when it is called.</summary>
    [Test]
    public async Task Checks_the_address_that_it_connects_to()
    {
        using var receiver = new RawReceiver(Ok);

        var outcome = await SendAsync(receiver.Url, allowed: ["10.0.0.0/8"]);
        Assert.That(outcome.Error, Is.EqualTo("The host's address isn't public, and isn't allowed."));
        outcome = await SendAsync(receiver.Url, resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254")]));
        Assert.That(outcome.Error, Is.EqualTo("The host's address isn't public, and isn't allowed."));
        Assert.That(receiver.Connections, Is.Zero);

        var asked = 0;
        outcome = await SendAsync(receiver.Url, allowed: ["127.0.0.1"], resolve: (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]);
        });
        Assert.That((outcome.Error, asked), Is.EqualTo(((string?)null, 1)), "Only the allowed one is tried, and DNS is asked once");
    }

    [Test]
    public void Ends_with_its_caller()
    {
        using var receiver = new RawReceiver("HTTP/1.1 200 OK\r\n");
        using var stopped = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(() => SendAsync(receiver.Url, cancellationToken: stopped.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static Task<DeliveryOutcome> SendAsync(WebhookSender sender, CancellationToken cancellationToken = default) =>
        sender.SendAsync(new WebhookEndpoint { Name = "erp", Address = "" }, "evt_7", Encoding.UTF8.GetBytes(Body), cancellationToken);

    private async Task<DeliveryOutcome> SendAsync(
        Uri url, string[]? allowed = null, HostResolver? resolve = null, CancellationToken cancellationToken = default)
    {
        using var sender = SenderOf(url, allowed, resolve);
        return await SendAsync(sender, cancellationToken);
    }

    private WebhookSender SenderOf(Uri url, string[]? allowed = null, HostResolver? resolve = null) => new(
        [new WebhookEndpointOptions { Name = "erp", Url = url, Secret = Secret }],
        new CheckedConnector(
            new AllowedHosts(allowed ?? ["hooks.example.com"]), resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]))),
        time);
}
