using OrderIssues.Domain.Issues.Vocabulary;

namespace OrderIssues.Domain.UnitTests.Issues;

public sealed class IssueStatusesTests
{
    [Test]
    public void Any_status_is_allowed_and_done_resolves_unless_told_otherwise()
    {
        var statuses = new IssueStatuses([], []);

        Assert.That(statuses.IsAllowed("waiting for parts"), Is.True);
        Assert.That(statuses.IsResolved("done"), Is.True);
        Assert.That(statuses.IsResolved("open"), Is.False);
        Assert.That(statuses.IsResolved(null), Is.False);
    }

    [Test]
    public void Lists_are_taken_in_any_case()
    {
        var statuses = new IssueStatuses(["Open", "Refunded"], ["REFUNDED"]);

        Assert.That(statuses.IsAllowed("refunded"), Is.True);
        Assert.That(statuses.IsAllowed("done"), Is.False);
        Assert.That(statuses.IsResolved("refunded"), Is.True);
        Assert.That(statuses.IsResolved("done"), Is.False);
    }

    [Test]
    public void A_status_that_another_program_stored_in_upper_case_resolves_too() =>
        Assert.That(new IssueStatuses([], []).IsResolved("Done"), Is.True);

    [Test]
    public void The_status_of_a_new_issue_must_be_allowed() =>
        Assert.That(() => new IssueStatuses(["pending", "done"], []), Throws.ArgumentException.With.Message.Contains("'open'"));

    [Test]
    public void A_status_that_resolves_must_be_allowed() =>
        Assert.That(() => new IssueStatuses(["open", "done"], ["refunded"]), Throws.ArgumentException.With.Message.Contains("'refunded'"));

    [Test]
    public void The_status_of_a_new_issue_cannot_resolve() =>
        Assert.That(() => new IssueStatuses([], ["done", "Open"]), Throws.ArgumentException.With.Message.Contains("'open'"));

    [TestCase("open!")]
    [TestCase("")]
    [TestCase("done\n")]
    [TestCase("123456789012345678901234567890123456789012345678901")]
    public void A_listed_status_must_be_well_formed(string status)
    {
        Assert.That(IssueStatuses.IsWellFormed(status), Is.False);
        Assert.That(() => new IssueStatuses(["open", "done", status], []), Throws.ArgumentException.With.Message.Contains(status));
    }

    [TestCase("open")]
    [TestCase("waiting for parts_2-b")]
    [TestCase("erledigt für heute")]
    [TestCase("已完成")]
    public void A_status_is_letters_digits_spaces_and_little_else(string status) =>
        Assert.That(IssueStatuses.IsWellFormed(status), Is.True);
}
