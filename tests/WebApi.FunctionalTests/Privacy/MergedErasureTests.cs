using System.Net;
using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Issues.Merging;

namespace OrderIssues.WebApi.FunctionalTests.Privacy;

/// <summary>What is exported and erased of issues that were merged: messages wherever they are, everything else where it was asked for.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class MergedErasureTests(StoreKind store)
{
    private readonly MergedOrder order = new(Shared.On(store));

    private Api Api => Shared.On(store);

    [Test]
    public async Task A_message_that_was_sent_to_a_merged_issue_is_exported_and_erased_with_its_customer()
    {
        var (josh, mary) = (await ReportAsync("josh"), await ReportAsync("mary"));
        await order.SayAsync(josh, "Qx1");
        await order.MergeAsync(josh, mary);
        await order.SayAsync(josh, "Qx2");
        await order.SayAsync(mary, "Of Mary");

        Assert.That(await ExportedTextsAsync("josh"), Is.EqualTo(new[] { "Qx1", "Qx2" }));
        await EraseAsync($$"""{ "email": "{{EmailOf("josh")}}", "reason": "Request" }""");

        Assert.That(await order.TextsAsync(mary), Is.EqualTo(new[] { $"{josh}: [erased]", $"{josh}: [erased]", "Of Mary" }));
        Assert.That(await order.TextsAsync(josh), Is.EqualTo(new[] { "[erased]" }));
    }

    [Test]
    public async Task In_a_chain_a_message_tells_the_issue_that_it_was_sent_to()
    {
        var (josh, mary, ann) = (await ReportAsync("josh"), await ReportAsync("mary"), await ReportAsync("ann"));
        await order.MergeAsync(josh, mary);
        await order.SayAsync(josh, "Qx1");
        await order.SayAsync(mary, "Of Mary");
        await order.MergeAsync(mary, ann);
        await order.SayAsync(josh, "Qx2");

        Assert.That(await order.TextsAsync(ann), Is.EqualTo(new[] { $"{josh}: Qx1", $"{mary}: Of Mary", $"{josh}: Qx2" }));
        Assert.That(await ExportedTextsAsync("josh"), Is.EqualTo(new[] { "Qx1", "Qx2" }), "Each once");
        await EraseAsync($$"""{ "email": "{{EmailOf("josh")}}", "reason": "Request" }""");

        // The log's followers erase nothing else later.
        await FollowersPassAsync();
        Assert.That(await order.TextsAsync(ann), Is.EqualTo(new[] { $"{josh}: [erased]", $"{mary}: Of Mary", $"{josh}: [erased]" }));
        Assert.That(await order.TextsAsync(mary), Is.EqualTo(new[] { $"{josh}: [erased]", "Of Mary" }));
    }

    [Test]
    public async Task A_message_that_comes_after_the_erasure_stays()
    {
        var (josh, mary) = (await ReportAsync("josh"), await ReportAsync("mary"));
        await order.SayAsync(josh, "Qx1");
        await order.MergeAsync(josh, mary);
        await EraseAsync($$"""{ "issueIds": ["{{josh}}"], "reason": "Request" }""");

        await order.SayAsync(josh, "Later");

        await FollowersPassAsync();
        Assert.That(await order.TextsAsync(mary), Is.EqualTo(new[] { $"{josh}: [erased]", $"{josh}: Later" }));
    }

    [Test]
    public async Task Of_the_other_issue_messages_alone_are_erased([Values] bool isSurvivor, [Values] bool hasMessages)
    {
        var (source, survivor) = (await ReportAsync("josh"), await ReportAsync("mary"));
        if (hasMessages)
        {
            await order.SayAsync(source, "Qx1");
        }

        await order.MergeAsync(source, survivor);
        var (named, other) = isSurvivor ? (survivor, source) : (source, survivor);
        var before = await order.ReadAsync(other);

        await EraseAsync($$"""{ "issueIds": ["{{named}}"], "reason": "Request" }""");

        var (erased, after) = (await order.ReadAsync(named), await order.ReadAsync(other));
        Assert.That(erased, Does.Not.ContainKey("customerName").And.Not.ContainKey("customerEmail"));
        foreach (var field in new[] { "customerName", "customerEmail", "notes" })
        {
            Assert.That((string?)after[field], Is.EqualTo((string?)before[field]), field);
        }

        Assert.That(MergedOrder.TextsOf(after), Is.EqualTo(!hasMessages ? [] : new[] { isSurvivor ? "[erased]" : $"{source}: [erased]" }));
        await FollowersPassAsync();
        Assert.That(await ErasedAsync(named), Has.Length.EqualTo(1));
        Assert.That(
            await ErasedAsync(other), Is.EqualTo(hasMessages ? new[] { """[{"field":"discussion"}]""" } : []), "One entry, where something was erased");
        Assert.That(await EventsAsync(other), Is.EqualTo(hasMessages ? 1 : 0));
    }

    [Test]
    public async Task Erasing_either_of_merged_issues_erases_the_messages_in_both([Values] bool isSurvivor)
    {
        var source = await ReportAsync("josh");
        await order.SayAsync(source, "Qxfirst");
        var survivor = await ReportAsync("josh");
        await order.SayAsync(survivor, "Qxsecond");
        (await order.MergeAsync(source, survivor)).Succeeded();

        await EraseAsync($$"""{ "issueIds": ["{{(isSurvivor ? survivor : source)}}"], "reason": "Request" }""");

        Assert.That(await order.TextsAsync(source), Is.EqualTo(new[] { "[erased]" }));
        Assert.That(await order.TextsAsync(survivor), Is.EqualTo(new[] { $"{source}: [erased]", isSurvivor ? "[erased]" : "Qxsecond" }));
    }

    [Test]
    public async Task Both_are_erased_where_both_have_the_address()
    {
        var (source, survivor) = (await ReportAsync("josh"), await ReportAsync("josh"));
        await order.SayAsync(source, "Qx1");
        await order.MergeAsync(source, survivor);
        await order.SayAsync(source, "Qx2");

        var entries = await EraseAsync($$"""{ "email": "{{EmailOf("josh")}}", "reason": "Request" }""");

        Assert.That(entries.Select(entry => ((string?)entry!["issueId"], (bool)entry["erased"]!)), Is.EqualTo(new[] { (source, true), (survivor, true) }));
        foreach (var issueId in new[] { source, survivor })
        {
            var erased = await order.ReadAsync(issueId);
            Assert.That(erased, Does.Not.ContainKey("customerName").And.Not.ContainKey("customerEmail"));
            Assert.That((string?)erased["notes"], Is.EqualTo("[erased]"));
            Assert.That(MergedOrder.TextsOf(erased), Has.All.EndWith("[erased]"));
        }

        await FollowersPassAsync();
        Assert.That(await ErasedAsync(survivor), Has.Length.EqualTo(1));
        Assert.That(await ErasedAsync(source), Has.None.EqualTo("[]"));
    }

    [Test]
    public async Task Erasures_at_once_tell_once()
    {
        var (source, survivor) = (await ReportAsync("josh"), await ReportAsync("mary"));
        await order.SayAsync(source, "Qx1");
        await order.MergeAsync(source, survivor);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EraseAsync($$"""{ "issueIds": ["{{source}}"], "reason": "Request" }""")));

        Assert.That(((await ErasedAsync(source)).Length, (await ErasedAsync(survivor)).Length), Is.EqualTo((1, 1)));
    }

    private string EmailOf(string name) => $"{name}.{order.OrderId}@example.com";

    private async Task<string> ReportAsync(string name)
    {
        var body = Api.Minimal(order.OrderId);
        (body["customerName"], body["customerEmail"], body["notes"]) = ($"{name} of {order.OrderId}", EmailOf(name), $"Notes of {name}");
        return (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).IssueId;
    }

    private async Task<JsonArray> EraseAsync(string body) =>
        (await Api.PostAsync("/api/customer-data/erase", body)).Succeeded().Body["data"]!.AsArray();

    private async Task<string?[]> ExportedTextsAsync(string name)
    {
        var export = (await Api.PostAsync("/api/customer-data/export", $$"""{ "email": "{{EmailOf(name)}}" }""")).Succeeded().Data;
        return [.. export["issues"]!.AsArray().Single()!["issue"]!["discussion"]!.AsArray().Select(message => (string?)message!["message"])];
    }

    /// <summary>Reads what the erasures of an issue changed.</summary>
    private async Task<string[]> ErasedAsync(string issueId) =>
    [
        .. from entry in await order.HistoryAsync(issueId)
           where (string?)entry!["action"] == "erased"
           select entry["changes"]!.ToJsonString(),
    ];

    private async Task<int> EventsAsync(string issueId)
    {
        var count = 0;
        for (var after = "0"; ;)
        {
            var page = (await Api.GetAsync($"/api/issue-event?after={after}&limit=500&type=order_issue.erased")).Succeeded().Body;
            count += page["data"]!.AsArray().Count(told => (string?)told!["data"]!["issueId"] == issueId);
            if (after == page["page"]!["next"]!.ToString())
            {
                return count;
            }

            after = page["page"]!["next"]!.ToString();
        }
    }

    /// <summary>Waits until a message that another program might have written would have been handed on: the follower has come so far.</summary>
    private async Task FollowersPassAsync()
    {
        var other = new MergedOrder(Api);
        var (source, into) = (await other.ReportAsync("one"), await other.ReportAsync());
        await other.MergeAsync(source, into);
        await other.UntilAsync(into, $"{source}: one");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
    }
}
