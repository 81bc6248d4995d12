using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary><c>Prefer: return=minimal</c> (RFC 7240): the change without the issue.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class PreferTests(StoreKind store)
{
    private const string Minimal = "return=minimal";
    private const string FromTicket = """{ "source": "freshdesk", "ticketId": "18362", "issueType": "damaged" }""";

    private readonly string orderId = Api.NewOrder();

    private Api Api => Shared.On(store);

    [Test]
    public async Task Leaves_the_issue_out([Values("update", "discussion", "patch")] string change)
    {
        var issueId = (await Api.CreateAsync(Api.Minimal(orderId))).IssueId;

        var answer = await ChangeAsync(change, issueId, Minimal);

        var read = (await Api.GetAsync($"/api/order-issue/{issueId}")).Succeeded();
        Assert.That((answer.Status, answer.Text), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That(answer.Headers.ETag, Is.EqualTo(read.Headers.ETag));
        Assert.That(answer.Headers.GetValues("Preference-Applied"), Is.EqualTo(new[] { Minimal }));
        Assert.That(answer.Headers.Location, Is.Null);
        Assert.That((int)read.Data["__v"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task A_patch_that_changes_nothing_is_done_too()
    {
        var created = await Api.CreateAsync(Api.Minimal(orderId));

        var answer = await SendAsync(HttpMethod.Patch, $"/api/order-issue/{created.IssueId}", """{ "status": "open" }""", Minimal);

        Assert.That((answer.Status, answer.Headers.ETag), Is.EqualTo((HttpStatusCode.NoContent, created.Headers.ETag)));
    }

    [Test]
    public async Task Tells_where_a_new_issue_is()
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/order-issue/create", Api.Minimal(orderId).ToJsonString(), Minimal);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That((string?)(await Api.GetAsync(answer.Headers.Location!.ToString())).Succeeded().Data["OrderId"], Is.EqualTo(orderId));
    }

    [Test]
    public async Task Tells_where_the_issue_of_a_ticket_is()
    {
        using var service = Service.On(store);
        var created = await SendAsync(HttpMethod.Post, "/api/order-issue/from-ticket", FromTicket, Minimal, of: service.Api);
        var present = await SendAsync(HttpMethod.Post, "/api/order-issue/from-ticket", FromTicket, Minimal, of: service.Api);
        var whole = await SendAsync(HttpMethod.Post, "/api/order-issue/from-ticket", FromTicket, null, of: service.Api);

        Assert.That((created.Status, present.Status, whole.Status), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.OK)));
        Assert.That(created.Headers.Location?.ToString(), Is.EqualTo($"/api/order-issue/{whole.IssueId}"));
        Assert.That((present.Headers.Location, whole.Headers.Location), Is.EqualTo((created.Headers.Location, (Uri?)null)));
    }

    [TestCase("RETURN=Minimal", true)]
    [TestCase("return = \"minimal\"", true)]
    [TestCase("respond-async, return=minimal; of=body", true)]
    [TestCase("wait=10,return=minimal,return=representation", true)]
    [TestCase("return=representation, return=minimal", false)]
    [TestCase("return=representation", false)]
    [TestCase("return=minimally", false)]
    [TestCase("minimal", false)]
    [TestCase(",;=,,", false)]
    [TestCase("", false)]
    public async Task Reads_the_preference_as_the_standard_says(string preference, bool isMinimal)
    {
        var issueId = (await Api.CreateAsync(Api.Minimal(orderId))).IssueId;

        var answer = await ChangeAsync("update", issueId, preference);

        Assert.That(answer.Status, Is.EqualTo(isMinimal ? HttpStatusCode.NoContent : HttpStatusCode.OK));
        Assert.That(answer.Headers.Contains("Preference-Applied"), Is.EqualTo(isMinimal));
    }

    [Test]
    public async Task A_replay_is_as_short_as_it_is_asked_for([Values] bool isFirstMinimal)
    {
        var key = Guid.NewGuid().ToString();
        var body = Api.Minimal(orderId).ToJsonString();
        var first = await SendAsync(HttpMethod.Post, "/api/order-issue/create", body, isFirstMinimal ? Minimal : null, key);
        var minimal = await SendAsync(HttpMethod.Post, "/api/order-issue/create", body, Minimal, key);
        var whole = await SendAsync(HttpMethod.Post, "/api/order-issue/create", body, null, key);

        Assert.That(
            (first.Status, minimal.Status, whole.Status),
            Is.EqualTo((isFirstMinimal ? HttpStatusCode.NoContent : HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.Created)));
        Assert.That((string?)whole.Data["OrderId"], Is.EqualTo(orderId));
        foreach (var replay in new[] { minimal, whole })
        {
            Assert.That((replay.Headers.Location, replay.Headers.ETag), Is.EqualTo((first.Headers.Location, first.Headers.ETag)));
            Assert.That(replay.Headers.Contains("Idempotency-Replayed"), Is.True);
        }
    }

    [Test]
    public async Task A_failure_is_told_whole() =>
        (await ChangeAsync("update", "1600000", Minimal)).Failed(HttpStatusCode.NotFound, "issue_not_found");

    private Task<Answer> ChangeAsync(string change, string issueId, string preference) => change switch
    {
        "update" => SendAsync(HttpMethod.Put, $"/api/order-issue/update/{orderId}?issueId={issueId}", """{ "status": "done" }""", preference),
        "discussion" => SendAsync(
            HttpMethod.Put, $"/api/order-issue/discussion/{orderId}", """{ "username": "Jane", "message": "Hello" }""", preference),
        _ => SendAsync(HttpMethod.Patch, $"/api/order-issue/{issueId}", """{ "notes": "Hello" }""", preference),
    };

    private Task<Answer> SendAsync(HttpMethod method, string path, string json, string? preference, string? key = null, Api? of = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (preference is not null)
        {
            request.Headers.TryAddWithoutValidation("Prefer", preference);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return (of ?? Api).SendAsync(request);
    }
}
