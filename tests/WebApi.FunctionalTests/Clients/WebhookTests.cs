using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Client;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>Which requests the client takes for the service's, where a library that isn't ours signs them.</summary>
public sealed class WebhookTests
{
    private const string Secret = SignedWebhook.Secret;
    private const string Other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = SignedWebhook.Body;

    private static readonly Dictionary<string, Func<Dictionary<string, string>, Func<string, StringValues, IssueEvent?>>> Shapes = new()
    {
        ["ASP.NET Core"] = headers =>
        {
            var http = new DefaultHttpContext();
            foreach (var (name, value) in headers)
            {
                http.Request.Headers[name] = value;
            }

            return (body, secret) => OrderIssueWebhook.Verify(http.Request.Headers, Encoding.UTF8.GetBytes(body), secret);
        },
        ["an HTTP message"] = headers =>
        {
            var message = new HttpRequestMessage();
            foreach (var (name, value) in headers)
            {
                message.Headers.Add(name, value);
            }

            return (body, secret) => OrderIssueWebhook.Verify(message.Headers, body, secret);
        },
        ["a dictionary"] = headers => (body, secret) => OrderIssueWebhook.Verify(headers, body, secret),
        ["a dictionary with other letters"] = headers => (body, secret) =>
            OrderIssueWebhook.Verify(headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => new[] { header.Value }), body, secret),
    };

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    private static IEnumerable<string> ShapeNames => Shapes.Keys;

    [TestCaseSource(nameof(ShapeNames))]
    public void Takes_the_headers_of(string shape)
    {
        var verified = Shapes[shape](Signed())(Body, Secret)!;
        Assert.That((verified.Sequence, verified.Type, verified.Data.OrderId), Is.EqualTo((4711L, IssueEventType.Created, "ü 日本 🙂")));
    }

    [Test]
    public void Goes_on_while_one_secret_is_exchanged_for_another_on_either_side_first()
    {
        var headers = Signed();
        foreach (var secrets in new StringValues[] { $"{Other} {Secret}", new[] { Other, Secret }, $" {Secret}\n{Other} " })
        {
            Assert.That(OrderIssueWebhook.Verify(headers, Body, secrets)?.Sequence, Is.EqualTo(4711));
        }

        Assert.That(OrderIssueWebhook.Verify(Signed(secrets: [Other, Secret]), Body, Secret)?.Sequence, Is.EqualTo(4711));
        Assert.That(Fault(Signed(secrets: [Other])), Is.EqualTo(WebhookFault.WrongSignature));
    }

    [Test]
    public void Takes_several_signatures_in_one_header_or_in_two()
    {
        var signed = Signed(secrets: [Other, Secret]);
        var signatures = signed["webhook-signature"].Split(' ');
        foreach (var values in new StringValues[] { signatures, string.Join(", ", signatures), $"v1a,AAAA v1,! v2,AAAA v1 v1, {signatures[1]}" })
        {
            var headers = signed.ToDictionary(header => header.Key, header => header.Key is "webhook-signature" ? values : new StringValues(header.Value));
            Assert.That(OrderIssueWebhook.Verify(headers, Body, Secret)?.Sequence, Is.EqualTo(4711), values.ToString());
        }
    }

    [Test]
    public void Nothing_of_it_may_be_another()
    {
        var headers = Signed();
        var signature = headers["webhook-signature"];
        Assert.That(Fault(headers, Body + " "), Is.EqualTo(WebhookFault.WrongSignature));
        Assert.That(Fault(With("webhook-id", "evt_4712")), Is.EqualTo(WebhookFault.WrongSignature));
        Assert.That(Fault(With("webhook-timestamp", $"{time.GetUtcNow().ToUnixTimeSeconds() + 1}")), Is.EqualTo(WebhookFault.WrongSignature));
        foreach (var wrong in new[] { "v1,", "v1", ",", "v1,!", "v1,日", signature[..^4], $"v2{signature[2..]}", $"v1a{signature[2..]}", signature[3..] })
        {
            Assert.That(Fault(With("webhook-signature", wrong)), Is.EqualTo(WebhookFault.WrongSignature), wrong);
        }

        Dictionary<string, string> With(string name, string value) => new(headers) { [name] = value };
    }

    [TestCase("webhook-id")]
    [TestCase("webhook-timestamp")]
    [TestCase("webhook-signature")]
    public void No_header_may_be_missing(string name)
    {
        var headers = Signed();
        headers[name] = "";
        Assert.That(Fault(headers), Is.EqualTo(WebhookFault.MissingHeader));
        headers.Remove(name);
        Assert.That(Fault(headers), Is.EqualTo(WebhookFault.MissingHeader));
    }

    [TestCase(-300, true)]
    [TestCase(-301, false)]
    [TestCase(300, true)]
    [TestCase(301, false)]
    public void Is_signed_at_most_five_minutes_from_now_unless_more_or_less_is_tolerated(int seconds, bool isTaken)
    {
        var headers = Signed(seconds);
        Assert.That(() => OrderIssueWebhook.Verify(headers, Body, Secret, time: time), isTaken ? Throws.Nothing : Throws.TypeOf<WebhookVerificationException>());
        Assert.That(() => OrderIssueWebhook.Verify(headers, Body, Secret, TimeSpan.FromSeconds(301), time), Throws.Nothing);
        Assert.That(() => OrderIssueWebhook.Verify(headers, Body, Secret, TimeSpan.FromSeconds(299), time), Throws.TypeOf<WebhookVerificationException>());
    }

    [TestCase("soon")]
    [TestCase("-1")]
    [TestCase("1e9")]
    [TestCase("9223372036854775807")]
    [TestCase("99999999999999999999999")]
    [TestCase("1 2")]
    public void Has_a_time_in_seconds(string timestamp) =>
        Assert.That(Fault(new(Signed()) { ["webhook-timestamp"] = timestamp }), Is.EqualTo(WebhookFault.StaleTimestamp));

    [Test]
    public void A_trial_brings_no_event()
    {
        const string Trial = """{"type":"webhook.ping","timestamp":"2026-11-28T12:00:00.000Z","data":{}}""";
        Assert.That(OrderIssueWebhook.Verify(Signed(body: Trial), Trial, Secret), Is.Null);
        Assert.That(Fault(Signed(), Trial), Is.EqualTo(WebhookFault.WrongSignature));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"type":1}""")]
    [TestCase("{")]
    [TestCase("[]")]
    public void What_is_signed_must_be_an_event(string body) => Assert.That(Fault(Signed(body: body), body), Is.EqualTo(WebhookFault.MalformedBody));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("whsec_")]
    [TestCase("whsec_!")]
    [TestCase("C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    [TestCase($"{Secret} C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    public void A_secret_that_is_none_is_a_mistake_which_does_not_tell_it(string? secret)
    {
        var mistake = Assert.Throws<ArgumentException>(() => OrderIssueWebhook.Verify(Signed(), Body, secret));
        Assert.That(mistake!.Message, Does.Not.Contain(Secret[6..]));
    }

    private static string Fault(Dictionary<string, string> headers, string body = Body) =>
        Assert.Throws<WebhookVerificationException>(() => OrderIssueWebhook.Verify(headers, body, Secret))!.Code;

    private Dictionary<string, string> Signed(int seconds = 0, string body = Body, params string[] secrets) =>
        SignedWebhook.Headers(time.GetUtcNow().AddSeconds(seconds), body, secrets);
}
