using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Domain.UnitTests.Issues;

public sealed class CommonChangeTests
{
    private static readonly EntityId Id = EntityId.New(Now);

    private readonly OrderIssue issue = Issue() with { Tags = ["late", "Vip"] };

    [Test]
    public void Is_one_change_of_fields_tags_and_message()
    {
        var change = Of(new() { Fields = new() { Status = "done" }, AddTags = ["recall"], RemoveTags = ["late"], Message = "Solved.", By = "Ann" })!;

        Assert.That((change.Action, change.By, change.LastingId), Is.EqualTo((HistoryActions.StatusChanged, "Ann", Id)));
        Assert.That(change.Fields.Select(field => field.Field), Is.EqualTo(new[] { "status", "tags", "issueResolvedAt" }));
        Assert.That(change.Fields[1].To, Is.EqualTo(new[] { "Vip", "recall" }));
        Assert.That(change.Message, Is.EqualTo(new DiscussionMessage("Ann", "Solved.", change.At) { Id = Id }));
        Assert.That(change.Entry.Changes.Select(field => field.Field), Has.Member("discussion"));
        Assert.That(change.Guard.Keys, Is.EquivalentTo(new[] { "status", "tags", "issueResolvedAt", "mergedInto" }));
    }

    [Test]
    public void Another_program_s_tag_in_upper_case_is_the_same_tag()
    {
        Assert.That(Of(new() { Fields = new(), AddTags = ["vip"] }), Is.Null);
        Assert.That(Of(new() { Fields = new(), RemoveTags = ["vip"] })!.Fields.Single().To, Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public void Removing_the_last_tag_leaves_none() =>
        Assert.That(Of(new() { Fields = new(), RemoveTags = ["vip", "late"] })!.Fields.Single().To, Is.Null);

    [Test]
    public void Only_adding_makes_too_many_tags()
    {
        var many = issue with { Tags = [.. Enumerable.Range(0, 22).Select(i => $"tag{i}")] };

        Assert.That(new CommonChange { Fields = new(), RemoveTags = ["tag1"] }.Of(many, null, Statuses, Now)!.Fields, Has.Count.EqualTo(1));
        Assert.That(
            () => new CommonChange { Fields = new(), AddTags = ["new"] }.Of(many, null, Statuses, Now),
            Throws.InstanceOf<BrokenRuleException>().With.Property("Field").EqualTo(IssueField.Tags));
    }

    [Test]
    public void A_message_is_added_also_where_no_field_changes()
    {
        var change = Of(new() { Fields = new() { Status = "open" }, Message = "Still open.", By = "Ann" })!;

        Assert.That((change.Action, change.Fields.Count, change.Message!.Message), Is.EqualTo((HistoryActions.MessageAdded, 0, "Still open.")));
    }

    [Test]
    public void A_derived_id_is_the_same_each_time_and_another_one_for_each_text()
    {
        Assert.That(Id.Derive("1600001"), Is.EqualTo(EntityId.Parse(Id.ToString()).Derive("1600001")));
        Assert.That(Id.Derive("1600001").Timestamp, Is.EqualTo(Id.Timestamp));
        Assert.That(Enumerable.Range(0, 10_000).Select(i => Id.Derive($"{i}")), Is.Unique);
    }

    private IssueChange? Of(CommonChange change) => change.Of(issue, Id, Statuses, Now);
}
