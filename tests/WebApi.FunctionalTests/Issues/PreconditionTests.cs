using System.Net;
using System.Text;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class PreconditionTests(StoreKind store)
{
    private static readonly string[] Changes = ["update", "discussion", "patch"];

    private Api Api => Shared.On(store);

    [Test]
    public async Task Of_sixteen_changes_decided_from_the_same_state_one_takes_effect([ValueSource(nameof(Changes))] string change)
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var tag = created.Headers.ETag!.ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => ChangeAsync(created, change, tag, $"v{number}")));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed), Is.EqualTo(15));
        var read = await Api.GetAsync($"/api/order-issue/{created.IssueId}");
        Assert.That(read.Text, Is.EqualTo(answers.Single(answer => answer.Status == HttpStatusCode.OK).Text));
        Assert.That((int)read.Data["__v"]!, Is.EqualTo(1));
        Assert.That((await Api.GetAsync($"/api/order-issue/{created.IssueId}/history")).Body["data"]!.AsArray().Count, Is.EqualTo(2));
    }

    [Test]
    public async Task A_row_of_a_list_tells_its_state()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var row = (await Api.GetAsync($"/api/order-issue?issueId={created.IssueId}")).Issues.Single()!.AsObject();

        (await ChangeAsync(created, "patch", (string)row["_etag"]!, "pending")).Succeeded();
    }

    [Test]
    public async Task A_state_of_the_past_leaves_everything_as_it_is([ValueSource(nameof(Changes))] string change)
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var changed = (await ChangeAsync(created, "update", null, "pending")).Succeeded();

        (await ChangeAsync(created, change, created.Headers.ETag!.ToString(), "done")).Failed(HttpStatusCode.PreconditionFailed, "precondition_failed");
        (await ChangeAsync(created, change, $"W/{created.Headers.ETag}", "done")).Failed(HttpStatusCode.PreconditionFailed, "precondition_failed");

        Assert.That((await Api.GetAsync($"/api/order-issue/{created.IssueId}")).Text, Is.EqualTo(changed.Text));
    }

    [Test]
    public async Task The_state_of_now_among_others_any_and_nothing_let_it_pass([ValueSource(nameof(Changes))] string change, [Values("list", "weak", "*", "", "  ")] string sent)
    {
        var created = await Api.CreateAsync(Api.Minimal());

        var tags = sent == "list" ? $"\"7-0\", {created.Headers.ETag}" : sent == "weak" ? $"W/{created.Headers.ETag}" : sent;
        var changed = (await ChangeAsync(created, change, tags, "pending")).Succeeded();

        Assert.That((int)changed.Data["__v"]!, Is.EqualTo(1));
        Assert.That(changed.Headers.ETag, Is.Not.EqualTo(created.Headers.ETag));
    }

    [Test]
    public async Task What_is_no_entity_tag_is_refused([Values("abc", "\"a", "\"a\" \"b\"", "W/", "*, \"a\" x", "*, \"a\"")] string sent)
    {
        var created = await Api.CreateAsync(Api.Minimal());

        var refused = (await ChangeAsync(created, "update", sent, "done")).Failed(HttpStatusCode.BadRequest, "validation_failed");
        Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "If-Match" }));
        refused = (await ReadAsync(created, sent)).Failed(HttpStatusCode.BadRequest, "validation_failed");
        Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "If-None-Match" }));
    }

    [Test]
    public async Task An_issue_that_is_known_already_is_not_sent_again([Values("{0}", "W/{0}", "\"x\", {0}", "*")] string sent)
    {
        var created = await Api.CreateAsync(Api.Minimal());

        var unchanged = await ReadAsync(created, sent.Replace("{0}", created.Headers.ETag!.ToString(), StringComparison.Ordinal));

        Assert.That((unchanged.Status, unchanged.Text), Is.EqualTo((HttpStatusCode.NotModified, "")));
        Assert.That(unchanged.Headers.ETag, Is.EqualTo(created.Headers.ETag));
    }

    [Test]
    public async Task An_issue_that_has_changed_is_sent_again()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var changed = await ChangeAsync(created, "discussion", null, "hello");

        Assert.That((await ReadAsync(created, created.Headers.ETag!.ToString())).Succeeded().Text, Is.EqualTo(changed.Text));
        Assert.That((await ReadAsync(created, "")).Succeeded().Text, Is.EqualTo(changed.Text));
    }

    private Task<Answer> ReadAsync(Answer issue, string ifNoneMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/order-issue/{issue.IssueId}");
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return Api.SendAsync(request);
    }

    private Task<Answer> ChangeAsync(Answer issue, string change, string? ifMatch, string value)
    {
        var (method, path, json) = change switch
        {
            "update" => (HttpMethod.Put, $"/api/order-issue/update/{issue.Data["OrderId"]}", $$"""{"status":"{{value}}"}"""),
            "discussion" => (HttpMethod.Put, $"/api/order-issue/discussion/{issue.Data["OrderId"]}", $$"""{"username":"Ann","message":"{{value}}"}"""),
            _ => (HttpMethod.Patch, $"/api/order-issue/{issue.IssueId}", $$"""{"notes":"{{value}}"}"""),
        };
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return Api.SendAsync(request);
    }
}
