using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Vocabulary;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Domain.UnitTests.Issues;

public sealed class OrderIssueTests
{
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    [Test]
    public void A_new_issue_is_open_and_has_its_times_in_milliseconds()
    {
        var details = Details() with { CustomerReachedAt = Now.AddTicks(9_999) };

        var issue = OrderIssue.Open(details, Statuses, Now.AddTicks(9_999));

        Assert.That(issue.Status, Is.EqualTo("open"));
        Assert.That(issue.IssueResolvedAt, Is.Null);
        Assert.That(issue.CreatedAt, Is.EqualTo(Now));
        Assert.That(issue.UpdatedAt, Is.EqualTo(Now));
        Assert.That(issue.CustomerReachedAt, Is.EqualTo(Now));
        Assert.That(issue.Version, Is.Zero);
    }

    [Test]
    public void A_new_issue_keeps_all_details()
    {
        var details = FullDetails();

        var issue = OrderIssue.Open(details, Statuses, Now);

        foreach (var property in typeof(IssueDetails).GetProperties())
        {
            Assert.That(property.GetValue(issue), Is.EqualTo(property.GetValue(details)), property.Name);
        }
    }

    [Test]
    public void The_channel_is_the_one_that_the_source_starts_with_unless_named()
    {
        Assert.That(OrderIssue.Open(Details() with { Source = "email-de" }, Statuses, Now).Channel, Is.EqualTo("email"));
        Assert.That(OrderIssue.Open(FullDetails(), Statuses, Now).Channel, Is.EqualTo("other"));
    }

    [Test]
    public void An_issue_that_is_reported_as_resolved_was_resolved_then()
    {
        var issue = Issue(status: "done");

        Assert.That(issue.IssueResolvedAt, Is.EqualTo(Now));
        Assert.That(issue.CreationEntry().Changes, Is.EqualTo(new FieldChange[] { new("status", null, "done"), new("issueResolvedAt", null, Now) }));
    }

    [Test]
    public void The_history_begins_with_who_reported_the_issue()
    {
        var opening = OrderIssue.Open(Details(createdBy: "agentName"), Statuses, Now).CreationEntry();

        Assert.That((opening.At, opening.By, opening.Action), Is.EqualTo((Now, "agentName", "created")));
        Assert.That(opening.Changes, Is.EqualTo(new FieldChange[] { new("status", null, "open") }));
    }

    [Test]
    public void Becoming_resolved_dates_the_resolution()
    {
        var change = Issue().ChangeStatus("done", "Jane", Statuses, Later);

        Assert.That(change.Fields, Is.EqualTo(new FieldChange[] { new("status", "open", "done"), new("issueResolvedAt", null, Later) }));
        Assert.That((change.Entry.At, change.Entry.By, change.Entry.Action), Is.EqualTo((Later, "Jane", "statusChanged")));
        Assert.That(change.Entry.Changes, Is.EqualTo(change.Fields));
    }

    [Test]
    public void Staying_resolved_keeps_the_date()
    {
        var statuses = new IssueStatuses([], ["done", "refunded"]);
        var issue = OrderIssue.Open(Details(status: "done"), statuses, Now);

        Assert.That(issue.ChangeStatus("done", null, statuses, Later).Fields, Is.Empty);
        Assert.That(issue.ChangeStatus("refunded", null, statuses, Later).Fields, Is.EqualTo(new[] { new FieldChange("status", "done", "refunded") }));
    }

    [Test]
    public void No_longer_being_resolved_removes_the_date()
    {
        var change = Issue(status: "done").ChangeStatus("open", null, Statuses, Later);

        Assert.That(change.Fields, Is.EqualTo(new FieldChange[] { new("status", "done", "open"), new("issueResolvedAt", Now, null) }));
    }

    [Test]
    public void A_status_is_decided_from_the_status_and_the_date()
    {
        var change = Issue(status: "done").ChangeStatus("open", null, Statuses, Later);

        Assert.That(change.Guard, Is.EquivalentTo(new Dictionary<string, object?> { ["status"] = "done", ["issueResolvedAt"] = Now, ["mergedInto"] = null }));
    }

    [Test]
    public void A_message_is_decided_from_nothing_and_dated_now()
    {
        var change = Issue().AddMessage("John", "Hello", Later.AddTicks(1));

        Assert.That(change.Message, Is.EqualTo(new DiscussionMessage("John", "Hello", Later)));
        Assert.That(change.Guard, Is.EqualTo(new Dictionary<string, object?> { ["mergedInto"] = null }), "whatever else was changed meanwhile");
        Assert.That(change.Fields, Is.Empty);
        Assert.That((change.Entry.At, change.Entry.By, change.Entry.Action), Is.EqualTo((Later, "John", "messageAdded")));
        Assert.That(change.Entry.Changes, Is.EqualTo(new[] { new FieldChange("discussion", null, null) }));
    }

    [Test]
    public void Every_change_moves_the_time_of_the_last_update_whatever_the_clocks_say()
    {
        var issue = Issue(now: Later);

        Assert.That(issue.AddMessage("John", "Hello", Now).UpdatedAt, Is.EqualTo(Later.AddMilliseconds(1)));
        Assert.That(issue.AddMessage("John", "Hello", Later).UpdatedAt, Is.EqualTo(Later.AddMilliseconds(1)));
        Assert.That(issue.AddMessage("John", "Hello", Later.AddMinutes(1)).UpdatedAt, Is.EqualTo(Later.AddMinutes(1)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Nothing_is_dated_before_what_happened_already(bool isConfirmed)
    {
        var issue = Issue(now: Later) with { Discussion = [new("John", "Hello", Later.AddMinutes(1))], UpdatedAt = null };

        var resolved = issue.ChangeStatus(isConfirmed ? "open" : "done", null, Statuses, Now);
        var answered = issue.AddMessage("Jane", "Hello", Now);

        Assert.That(resolved.At, Is.EqualTo(Later.AddMinutes(1)));
        Assert.That(resolved.Entry.At, Is.EqualTo(resolved.At));
        Assert.That(resolved.Entry.Action, Is.EqualTo(isConfirmed ? "confirmed" : "statusChanged"));
        Assert.That(resolved.Fields.Select(field => field.To).Skip(1), Is.EqualTo(isConfirmed ? [] : new object[] { resolved.At }));
        Assert.That((answered.Message!.CreatedAt, answered.UpdatedAt), Is.EqualTo((resolved.At, resolved.At)));
    }

    [Test]
    public void A_change_names_its_issue_and_order()
    {
        var issue = Issue("A/B");

        var change = issue.AddMessage("John", "Hello", Later);

        Assert.That((change.Id, change.OrderId), Is.EqualTo((issue.Id, "A/B")));
    }

    [Test]
    public void The_newest_issue_is_the_one_created_last_then_the_one_with_the_higher_id()
    {
        var first = Issue();
        var second = Issue();
        var older = Issue(now: Now.AddDays(-1));
        var undated = Issue(now: Now.AddSeconds(1)) with { CreatedAt = null };

        Assert.That(OrderIssue.Newest([second, older, first]), Is.EqualTo(new[] { first, second }.MaxBy(issue => issue.Id.ToString(), StringComparer.Ordinal)));
        Assert.That(OrderIssue.Newest([first, undated, older]), Is.EqualTo(undated));
        Assert.That(OrderIssue.Newest([]), Is.Null);
    }

    [Test]
    public void A_patch_changes_what_it_has_and_that_is_another_value()
    {
        var issue = OrderIssue.Open(FullDetails(), Statuses, Now);

        var change = issue.Patch(new() { Picker = "Ann", Packer = "Jane", Notes = null, Items = issue.Items.ToArray() }, Statuses, Later)!;

        Assert.That(change.Fields, Is.EqualTo(new FieldChange[] { new("picker", "John", "Ann"), new("notes", issue.Notes, null) }));
        Assert.That(change.Guard.Keys, Is.EquivalentTo(new[] { "items", "picker", "packer", "notes", "mergedInto" }), "all that it was decided from");
        Assert.That((change.Entry.By, change.Entry.Action), Is.EqualTo(((string?)null, "edited")));
    }

    [Test]
    public void A_patch_without_values_leaves_what_a_new_issue_has_by_itself()
    {
        var change = OrderIssue.Open(FullDetails() with { Status = "done" }, Statuses, Now)
            .Patch(new() { Status = new(null), Items = new(null), TrackingNumber = new(null) }, Statuses, Later)!;

        Assert.That(change.Fields.Select(field => (field.Field, field.To)), Is.EqualTo(new (string, object?)[]
        {
            ("items", Array.Empty<IssueItem>()), ("trackingNumber", Array.Empty<string>()), ("status", "open"), ("issueResolvedAt", null),
        }));
    }

    [Test]
    public void A_patch_that_changes_nothing_is_no_change()
    {
        Assert.That(Issue().Patch(new(), Statuses, Later), Is.Null);
        Assert.That(Issue().Patch(new() { Status = "open", Picker = null }, Statuses, Later), Is.Null);
    }
}
