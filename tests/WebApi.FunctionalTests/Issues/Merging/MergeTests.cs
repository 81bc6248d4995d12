using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Merging;

/// <summary>What becomes of an issue that is merged, and of the one that takes over.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class MergeTests(StoreKind store)
{
    private readonly MergedOrder order = new(Shared.On(store));

    private Api Api => Shared.On(store);

    [Test]
    public async Task Marks_the_one_and_answers_with_the_other_which_has_its_messages()
    {
        var source = await order.ReportAsync("one", "two");
        var into = await order.ReportAsync("three");
        await order.SayAsync(source, "four");

        var answer = (await order.MergeAsync(source, into)).Succeeded();

        Assert.That(answer.IssueId, Is.EqualTo(into));
        Assert.That(answer.Headers.ETag, Is.EqualTo((await Api.GetAsync($"/api/order-issue/{into}")).Headers.ETag));
        Assert.That(MergedOrder.TextsOf(answer.Data), Is.EqualTo(new[] { $"{source}: one", $"{source}: two", "three", $"{source}: four" }));
        Assert.That(answer.Data, Does.Not.ContainKey("mergedInto"));
        Assert.That((await order.ReadAsync(into)).ToJsonString(), Is.EqualTo(answer.Data.ToJsonString()));
        var merged = await order.ReadAsync(source);
        Assert.That(((string?)merged["status"], (string?)merged["mergedInto"]), Is.EqualTo(("done", into)));
        Assert.That(merged, Does.ContainKey("issueResolvedAt"));
        Assert.That(MergedOrder.TextsOf(merged), Is.EqualTo(new[] { "one", "two", "four" }), "It keeps them");
    }

    [Test]
    public async Task Both_histories_tell_and_both_have_an_event()
    {
        var (source, into) = (await order.ReportAsync("one"), await order.ReportAsync());
        var after = (await Api.GetAsync("/api/issue-event?limit=1")).Body["page"]!["latest"]!;

        await order.MergeAsync(source, into);

        Assert.That((await order.HistoryAsync(source))[^1]!.ToJsonString(), Does.EndWith(
            $$""""by":"Jane","action":"merged","changes":[{"field":"status","from":"open","to":"done"},{"field":"issueResolvedAt","to":{{(await order.ReadAsync(source))["issueResolvedAt"]!.ToJsonString()}}},{"field":"mergedInto","to":"{{into}}"}]}""""));
        Assert.That((await order.HistoryAsync(into))[^1]!.ToJsonString(), Does.EndWith(
            $$""""by":"Jane","action":"merged","changes":[{"field":"mergedFrom","to":"{{source}}"},{"field":"discussion"}]}""""));
        var events = new List<string>();
        while (events.Count < 2)
        {
            var page = (await Api.GetAsync($"/api/issue-event?after={after}&wait=10&type=order_issue.merged")).Succeeded().Body;
            after = page["page"]!["next"]!;
            events.AddRange(page["data"]!.AsArray().Select(told => told!["data"]!)
                .Where(told => (string?)told["OrderId"] == order.OrderId)
                .Select(told => $"{told["issueId"]} {told["status"]} {told["changed"]!.ToJsonString()} {told["by"]}"));
        }

        Assert.That(events, Is.EqualTo(new[]
        {
            $$"""{{source}} done ["status","issueResolvedAt","mergedInto"] Jane""", $$"""{{into}} open ["mergedFrom","discussion"] Jane""",
        }));
    }

    [Test]
    public async Task An_issue_without_messages_is_merged_and_a_resolved_one_keeps_its_time()
    {
        var (source, into) = (await order.ReportAsync(), await order.ReportAsync());
        var done = (await Api.PutAsync($"/api/order-issue/update/{order.OrderId}?issueId={source}", """{ "status": "done" }""")).Data;

        var answer = (await order.MergeAsync(source, into)).Succeeded();

        Assert.That((await order.ReadAsync(source))["issueResolvedAt"]!.ToString(), Is.EqualTo((string?)done["issueResolvedAt"]));
        Assert.That((await order.HistoryAsync(into))[^1]!["action"]!.ToString(), Is.EqualTo("merged"));
        Assert.That((int)answer.Data["__v"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Gets_the_first_status_that_is_configured_as_resolved()
    {
        using var strict = Service.On(store, ("Issues:Statuses", "open, closed, gone"), ("Issues:ResolvedStatuses", "gone, closed"));
        var own = new MergedOrder(strict.Api);
        var (source, into) = (await own.ReportAsync(), await own.ReportAsync());

        (await own.MergeAsync(source, into)).Succeeded();

        Assert.That((string?)(await own.ReadAsync(source))["status"], Is.EqualTo("gone"));
    }

    [Test]
    public async Task Refuses_what_is_no_other_issue_of_the_order()
    {
        var (source, into) = (await order.ReportAsync(), await order.ReportAsync());
        var elsewhere = await new MergedOrder(Api).ReportAsync();

        foreach (var wrong in new[] { source, elsewhere, "1", "x", "", null, new string('9', 21) })
        {
            Assert.That((await order.MergeAsync(source, wrong)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { "into" }), wrong);
        }

        (await order.MergeAsync("99999999", into)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        Assert.That(await order.ReadAsync(source), Does.Not.ContainKey("mergedInto"));
        (await order.MergeAsync(source, into)).Succeeded();
        Assert.That((await order.MergeAsync(into, source)).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { "into" }));
    }

    [Test]
    public async Task A_merged_issue_takes_no_other_change()
    {
        var (source, into) = (await order.ReportAsync(), await order.ReportAsync());
        await order.MergeAsync(source, into);
        var before = await order.ReadAsync(source);

        foreach (var refused in new[]
        {
            await Api.PutAsync($"/api/order-issue/update/{order.OrderId}?issueId={source}", """{ "status": "open" }"""),
            await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{source}", """{ "notes": "x" }"""),
            await order.MergeAsync(source, into),
        })
        {
            Assert.That((string?)refused.Failed(HttpStatusCode.Conflict, "issue_merged").Body["into"], Is.EqualTo(into));
        }

        Assert.That((await order.ReadAsync(source)).ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task A_message_to_it_goes_to_the_one_that_took_over_which_answers()
    {
        var (source, into) = (await order.ReportAsync("one"), await order.ReportAsync());
        await order.MergeAsync(source, into);

        var answer = (await order.SayAsync(source, "two")).Succeeded();

        Assert.That((answer.IssueId, MergedOrder.TextsOf(answer.Data)), Is.EqualTo((into, new[] { $"{source}: one", $"{source}: two" })));
        Assert.That(await order.TextsAsync(source), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Is_never_the_newest_of_its_order()
    {
        var (into, source) = (await order.ReportAsync(), await order.ReportAsync());
        await order.MergeAsync(source, into);

        Assert.That((await order.SayAsync(null, "hello")).Succeeded().IssueId, Is.EqualTo(into));
        var updated = await Api.PutAsync($"/api/order-issue/update/{order.OrderId}", """{ "status": "pending" }""");
        Assert.That(updated.Succeeded().IssueId, Is.EqualTo(into));
    }

    [Test]
    public async Task Messages_go_through_a_chain_once_and_tell_where_they_were_written()
    {
        var (first, second, third) = (await order.ReportAsync("one"), await order.ReportAsync("two"), await order.ReportAsync("three"));

        await order.MergeAsync(first, second);
        var answer = (await order.MergeAsync(second, third)).Succeeded();

        Assert.That(MergedOrder.TextsOf(answer.Data), Is.EqualTo(new[] { $"{first}: one", $"{second}: two", "three" }));
        Assert.That((await order.SayAsync(first, "four")).Succeeded().IssueId, Is.EqualTo(third));
        Assert.That((string?)(await order.ReadAsync(first))["mergedInto"], Is.EqualTo(second));
    }

    [Test]
    public async Task Heeds_If_Match_and_a_key_but_always_has_a_body()
    {
        var (source, into) = (await order.ReportAsync("one"), await order.ReportAsync());
        var tag = (await Api.GetAsync($"/api/order-issue/{source}")).Headers.ETag!.ToString();
        Request Merge(string ifMatch) => new(HttpMethod.Post, $"/api/order-issue/{source}/merge", $$"""{"into":"{{into}}"}""", ifMatch);

        (await Merge("\"0-0\"").SendAsync(Api)).Failed(HttpStatusCode.PreconditionFailed, "precondition_failed");
        var request = Merge(tag);
        var message = request.Message([request.Key]);
        message.Headers.Add("Prefer", "return=minimal");
        var first = (await Api.SendAsync(message)).Succeeded();
        var again = (await request.SendAsync(Api)).Succeeded();

        Assert.That(again.Text, Is.EqualTo(first.Text));
        Assert.That(again.Headers.Contains("Idempotency-Replayed"));
        Assert.That(first.Headers.Contains("Preference-Applied"), Is.False);
        (await Merge("\"0-0\"").SendAsync(Api, (string?)null)).Failed(HttpStatusCode.Conflict, "issue_merged");
    }

    [Test]
    public async Task Statistics_and_what_is_overdue_leave_it_out_and_lists_have_it()
    {
        var time = new FakeTimeProvider(IssueFactory.Now);
        using var service = Service.On(store, time, ("Issues:DueHours:0:Type", "damaged"), ("Issues:DueHours:0:Hours", "1"));
        var own = new MergedOrder(service.Api);
        var (source, into) = (await own.ReportAsync(), await own.ReportAsync());
        (await own.MergeAsync(source, into)).Succeeded();
        time.Advance(TimeSpan.FromHours(2));

        // As if the configuration had changed since.
        using var other = service.Another(others: [("Issues:ResolvedStatuses", "closed")]);
        foreach (var (query, found) in new[] { ("", 2), ("?overdue=true", 1), ("?overdue=false", 1), ("?olderThanHours=1", 1) })
        {
            Assert.That((await other.Api.GetAsync($"/api/order-issue{query}")).Succeeded().Issues.Count(), Is.EqualTo(found), query);
        }

        Assert.That((int)(await other.Api.GetAsync("/api/order-issue/stats?groupBy=status")).Data["issues"]!, Is.EqualTo(1));
        var csv = (await service.Api.GetAsync("/api/order-issue/export?format=csv")).Text;
        Assert.That(csv.Split("\r\n")[0], Does.Contain("mergedInto"));
        Assert.That(csv, Does.Contain($",\"{into}\""));
    }

    [Test]
    public async Task A_search_finds_a_message_in_both()
    {
        var word = $"w{Guid.NewGuid():N}";
        var (source, into) = (await order.ReportAsync(word), await order.ReportAsync());
        await order.MergeAsync(source, into);

        var found = (await Api.GetAsync($"/api/order-issue?q={word}")).Succeeded().Issues.Select(issue => (string?)issue!["issueId"]);

        Assert.That(found, Is.EquivalentTo(new[] { source, into }));
        (await order.SayAsync(into, $"{word} again")).Succeeded();
        Assert.That((await Api.GetAsync($"/api/order-issue?q={word} again")).Issues.Select(issue => (string?)issue!["issueId"]), Is.EqualTo(new[] { into }));
    }

    [Test]
    public async Task Is_refused_where_the_messages_have_no_room()
    {
        var text = new string('\u82b1', 10_000);
        var (source, into) = (await order.ReportAsync(), await order.ReportAsync());
        for (var i = 0; i < 280; i++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Put, $"/api/order-issue/discussion/{order.OrderId}?issueId={(i % 2 == 0 ? source : into)}")
            {
                Content = new StringContent(new JsonObject { ["username"] = "Ann", ["message"] = text }.ToJsonString(), null, "application/json"),
            };
            message.Headers.Add("Prefer", "return=minimal");
            Assert.That((await Api.SendAsync(message)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        }

        (await order.MergeAsync(source, into)).Failed(HttpStatusCode.UnprocessableEntity, "issue_full");

        Assert.That(await order.ReadAsync(source), Does.Not.ContainKey("mergedInto"));
        (await order.SayAsync(source, "still open")).Succeeded();
    }
}
