using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Issues.Bulk.BulkRequest;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Bulk;

/// <summary>Changes of many issues in one request.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class BulkTests(StoreKind store)
{
    private readonly string order = Api.NewOrder();
    private Service? service;

    private Api Api => service!.Api;

    /// <summary>Not the shared one, since a caller can send only so many of these requests at once.</summary>
    [SetUp]
    public void Start() => service = Service.On(store);

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Changes_each_issue_in_one_step_in_the_order_asked_for()
    {
        var issues = await CreateAsync(Api, order, 2, issue => issue["tags"] = new JsonArray("late", "old"));
        const string Change = """
            { "status": "Done", "assignee": "Kim", "priority": 4, "addTags": ["VIP", "late"], "removeTags": "old", "message": "Solved.", "by": "Ann" }
            """;

        var answer = await ChangeAsync(Api, [issues[1], "42", issues[0]], Change);

        Assert.That(answer.Outcomes(), Is.EqualTo(new[] { (issues[1], null), ("42", "issue_not_found"), (issues[0], (string?)null) }));
        foreach (var number in issues)
        {
            var (issue, entry) = await ReadAsync(Api, number);
            Assert.That(
                ((string?)issue["status"], (string?)issue["assignee"], (string?)issue["priority"], issue["tags"]!.ToJsonString(), (int)issue["__v"]!),
                Is.EqualTo(("done", "Kim", "urgent", """["late","vip"]""", 1)));
            Assert.That(issue["issueResolvedAt"], Is.Not.Null);
            Assert.That(((string?)issue["discussion"]![0]!["userName"], (string?)issue["discussion"]![0]!["message"]), Is.EqualTo(("Ann", "Solved.")));
            Assert.That(((string?)entry["action"], (string?)entry["by"]), Is.EqualTo(("statusChanged", "Ann")));
            Assert.That(
                entry["changes"]!.AsArray().Select(change => (string?)change!["field"]),
                Is.EquivalentTo(new[] { "status", "issueResolvedAt", "assignee", "priority", "tags", "discussion" }));
        }

        var told = (await Api.GetAsync("/api/issue-event?type=order_issue.status_changed&after=0&wait=10")).Body["data"]!.AsArray();
        Assert.That(told[0]!["data"]!["changed"]!.AsArray().Select(name => (string?)name), Has.Member("discussion").And.Member("status"));
    }

    [TestCase("""{ "message": "Nightjar {0}", "by": "Ann" }""")]
    [TestCase("""{ "addTags": "recall", "message": "Nightjar {0}", "by": "Ann" }""")]
    [TestCase("""{ "status": "done", "message": "Nightjar {0}", "by": "Ann" }""")]
    public async Task A_search_finds_its_message_whatever_else_it_changes(string change)
    {
        var issues = await CreateAsync(Api, order, 2);
        var word = $"nightjar {order}";

        await ChangeAsync(Api, issues, change.Replace("{0}", order, StringComparison.Ordinal));

        var found = await Api.GetAsync($"/api/order-issue?q={Uri.EscapeDataString(word)}");
        Assert.That(found.Issues.Select(issue => (string?)issue!["issueId"]), Is.EquivalentTo(issues));
    }

    [TestCase("""{ "status": "done" }""", "statusChanged", "status issueResolvedAt")]
    [TestCase("""{ "status": "open", "assignee": "Kim" }""", "edited", "assignee")]
    [TestCase("""{ "addTags": ["a"], "message": "m", "by": "Ann" }""", "edited", "tags discussion")]
    [TestCase("""{ "status": "open", "message": "m", "by": "Ann" }""", "messageAdded", "discussion")]
    [TestCase("""{ "status": "pending", "message": "m", "by": "Ann" }""", "statusChanged", "status discussion")]
    public async Task Is_recorded_as_what_it_changes(string change, string action, string fields)
    {
        var issues = await CreateAsync(Api, order, 1);

        (await ChangeAsync(Api, issues, change)).Succeeded();

        var (_, entry) = await ReadAsync(Api, issues[0]);
        Assert.That((string?)entry["action"], Is.EqualTo(action));
        Assert.That(string.Join(' ', entry["changes"]!.AsArray().Select(changed => (string?)changed!["field"])), Is.EqualTo(fields));
    }

    [TestCase("""{ "status": "open" }""")]
    [TestCase("""{ "assignee": null, "priority": "normal" }""")]
    [TestCase("""{ "removeTags": ["nosuch"], "assignee": "" }""")]
    public async Task Leaves_no_trace_where_nothing_changes(string change)
    {
        var issues = await CreateAsync(Api, order, 1);

        Assert.That((await ChangeAsync(Api, issues, change)).Outcomes(), Is.EqualTo(new[] { (issues[0], (string?)null) }));

        var (issue, entry) = await ReadAsync(Api, issues[0]);
        Assert.That(((int)issue["__v"]!, (string?)entry["action"]), Is.EqualTo((0, "created")));
    }

    [Test]
    public async Task An_issue_that_cannot_be_changed_keeps_none_of_the_others_back()
    {
        var full = await CreateAsync(Api, order, 1, issue => issue["tags"] = new JsonArray([.. Enumerable.Range(0, 20).Select(i => (JsonNode)$"tag{i}")]));
        var other = await CreateAsync(Api, order, 1);

        var answer = await ChangeAsync(Api, [full[0], "x", other[0]], """{ "addTags": ["one more"], "priority": "high" }""");

        Assert.That(answer.Outcomes().Select(outcome => outcome.Code), Is.EqualTo(new[] { "validation_failed", "issue_not_found", null }));
        Assert.That((string?)answer.Issues.First()!["detail"], Is.EqualTo("tags must have at most 20 elements"));
        Assert.That((int)(await ReadAsync(Api, full[0])).Issue["__v"]!, Is.Zero, "It takes effect whole or not at all");
        Assert.That((await ChangeAsync(Api, full, """{ "addTags": ["one more"], "removeTags": ["tag0"] }""")).Outcomes().Single().Code, Is.Null);
        Assert.That((await ChangeAsync(Api, ["41", "42"], """{ "priority": "high" }""")).Outcomes().Select(outcome => outcome.Code), Is.All.EqualTo("issue_not_found"));
    }

    [Test]
    public async Task Changes_what_a_filter_finds_the_latest_first()
    {
        var issues = await CreateAsync(Api, order, 3);
        await Api.PutAsync($"/api/order-issue/update/{order}?issueId={issues[1]}", """{ "status": "done" }""");

        var answer = await ChangeAsync(Api, $$"""{ "OrderId": "{{order}}", "status": ["open", "pending"], "resolved": false }""", 2, """{ "status": "done" }""");

        Assert.That(answer.Outcomes(), Is.EquivalentTo(new[] { (issues[2], null), (issues[0], (string?)null) }));
        Assert.That((await Api.GetAsync($"/api/order-issue?OrderId={order}&resolved=false")).Issues, Is.Empty);
        Assert.That((await ChangeAsync(Api, $$"""{ "OrderId": ["{{order}}"], "resolved": ["false"] }""", 0, """{ "status": "open" }""")).Outcomes(), Is.Empty);
    }

    [Test]
    public async Task Changes_nothing_where_the_filter_finds_another_number_than_is_expected([Values(0, 1, 3, 1000)] int expect)
    {
        var issues = await CreateAsync(Api, order, 2);

        var refused = await ChangeAsync(Api, $$"""{ "OrderId": ["{{order}}"] }""", expect, """{ "status": "done" }""", key: Guid.NewGuid().ToString());

        refused.Failed(HttpStatusCode.Conflict, "count_differs");
        Assert.That((string?)refused.Body["detail"], Is.EqualTo($"The filter matches 2 issues, not {expect}."));
        Assert.That((int)(await ReadAsync(Api, issues[0])).Issue["__v"]!, Is.Zero);
    }

    [Test]
    public async Task Takes_the_filters_of_the_list_by_time_too()
    {
        var time = new FakeTimeProvider(IssueFactory.Now);
        using var timed = Service.On(store, time, ("Issues:DueHours:0:Type", "damaged"), ("Issues:DueHours:0:Hours", "48"));
        var old = await CreateAsync(timed.Api, order, 2);
        time.Advance(TimeSpan.FromHours(49));
        await CreateAsync(timed.Api, order, 1);

        Assert.That((await ChangeAsync(timed.Api, """{ "overdue": true, "olderThanHours": 48 }""", 2, """{ "priority": "high" }""")).Outcomes().Select(outcome => outcome.IssueId), Is.EquivalentTo(old));
        Assert.That((await ChangeAsync(timed.Api, """{ "priority": ["normal"], "createdFrom": "2025-11-21" }""", 1, """{ "priority": "low" }""")).Outcomes().Count(), Is.EqualTo(1));
        Assert.That((await ChangeAsync(timed.Api, """{ "assignee": "" }""", 3, """{ "assignee": "Kim" }""")).Outcomes().Count(), Is.EqualTo(3));
    }

    /// <summary>Not on the stand-in for MongoDB, which takes one command at a time.</summary>
    [Test]
    public async Task Changes_a_thousand_issues_within_ten_seconds_and_no_more()
    {
        if (store != StoreKind.Sqlite)
        {
            Assert.Ignore("The time of a stand-in tells nothing.");
        }

        var issues = await CreateAsync(Api, order, 1_001);

        var start = TimeProvider.System.GetTimestamp();
        var answer = await ChangeAsync(Api, issues.Skip(1), """{ "status": "done", "addTags": ["recall"], "message": "m", "by": "Ann" }""", "key");
        var taken = TimeProvider.System.GetElapsedTime(start);
        TestContext.Out.WriteLine($"{store}: {taken.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");

        Assert.That(answer.Outcomes(), Is.EqualTo(issues.Skip(1).Select(issue => (issue, (string?)null))));
        Assert.That(taken, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That((await Api.GetAsync("/api/order-issue/stats?groupBy=tag&tag=recall")).Data["issues"]!.ToString(), Is.EqualTo("1000"));
        var refused = (await ChangeAsync(Api, $$"""{ "OrderId": ["{{order}}"] }""", 1_000, """{ "status": "open" }""")).Failed(HttpStatusCode.BadRequest, "validation_failed");
        Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "filter" }));
        Assert.That((await ChangeAsync(Api, issues, """{ "status": "open" }""")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { "issueIds" }));
        Assert.That((await ChangeAsync(Api, """{ "tag": "recall" }""", 1_000, """{ "removeTags": "recall" }""")).Outcomes().Count(), Is.EqualTo(1_000));
    }

    [Test]
    public async Task Two_at_once_over_the_same_issues_both_take_effect()
    {
        var issues = await CreateAsync(Api, order, 20);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ChangeAsync(
            Api, i % 2 == 0 ? issues : issues.Reverse(), $$"""{ "addTags": ["tag{{i}}"], "message": "m{{i}}", "by": "Ann" }""")));

        Assert.That(answers.SelectMany(answer => answer.Outcomes()).Select(outcome => outcome.Code), Is.All.Null);
        foreach (var number in issues)
        {
            var (issue, _) = await ReadAsync(Api, number);
            Assert.That(issue["tags"]!.AsArray().Select(tag => (string?)tag), Is.EquivalentTo(new[] { "tag0", "tag1", "tag2", "tag3" }));
            Assert.That((issue["discussion"]!.AsArray().Count, (int)issue["__v"]!), Is.EqualTo((4, 4)));
        }
    }

    [Test]
    public async Task Is_answered_in_full_whatever_the_caller_prefers()
    {
        var issues = await CreateAsync(Api, order, 1);
        var message = Message($$"""{ "issueIds": ["{{issues[0]}}"], "change": { "status": "done" } }""", "key");
        message.Headers.Add("Prefer", "return=minimal");

        var answer = await Api.SendAsync(message);

        Assert.That(answer.Outcomes(), Is.EqualTo(new[] { (issues[0], (string?)null) }));
        Assert.That((answer.Headers.Contains("Preference-Applied"), answer.Headers.ETag), Is.EqualTo((false, (object?)null)));
    }
}
