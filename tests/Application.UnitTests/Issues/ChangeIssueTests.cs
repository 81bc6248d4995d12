using Moq;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Issues;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Issues;

public sealed class ChangeIssueTests
{
    private static readonly OrderIssue Issue = IssueFactory.Issue("A-1");
    private static readonly UpdateStatus Done = new() { OrderId = "A-1", Status = "done" };
    private readonly UseCases useCases = new();
    private readonly List<IssueChange> changes = [];

    [Test]
    public async Task Writes_what_was_decided_from_the_issue_of_the_order()
    {
        var after = Issue with { Status = "done" };
        StoreHas(Issue);
        StoreHas(null, " A-1 ");
        StoreAnswers(new ChangeResult.Applied(after));

        var answer = await useCases.SendAsync(new UpdateStatus { OrderId = " A-1 ", Status = " DONE ", By = " Jane " });

        Assert.That(answer, Is.SameAs(after));
        Assert.That(changes.Single().Fields[0], Is.EqualTo(new FieldChange("status", "open", "done")));
        Assert.That(changes.Single().By, Is.EqualTo("Jane"));
    }

    [Test]
    public async Task Finds_an_order_as_another_program_stored_it()
    {
        StoreHas(Issue with { OrderId = " e\u0301 " }, " e\u0301 ");
        StoreAnswers(new ChangeResult.Applied(Issue));

        await useCases.SendAsync(Done with { OrderId = " e\u0301 " });

        Assert.That(changes.Single().OrderId, Is.EqualTo(" e\u0301 "));
    }

    [Test]
    public async Task Appends_a_message_without_reading_the_issue_first()
    {
        var messages = new List<NewMessage>();
        useCases.Store.Setup(store => store.AddMessageAsync(Capture.In(messages), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ChangeResult.Applied(Issue));

        var answer = await useCases.SendAsync(
            new AddDiscussion { OrderId = "A-1", IssueId = "1600007", Username = " John ", Message = " Hello\n" });

        Assert.That(answer, Is.SameAs(Issue));
        Assert.That(messages.Single(), Is.EqualTo(new NewMessage("A-1", "1600007", "John", "Hello", IssueFactory.Now)
        {
            Caller = "support-app",
        }));
    }

    [Test]
    public async Task Appends_a_message_that_a_retry_brings_unless_an_issue_of_the_order_has_it([Values] bool isThere)
    {
        var id = EntityId.New(IssueFactory.Now);
        StoreHas(Issue);
        StoreAnswers(new ChangeResult.Applied(Issue));
        useCases.Store.Setup(store => store.FindWithChangeAsync("A-1", id, It.IsAny<CancellationToken>())).ReturnsAsync(isThere ? Issue : null);

        await useCases.SendAsync(new AddDiscussion { OrderId = "A-1", Username = "John", Message = "Hello", Attempt = new(id, IsFirst: false) });

        Assert.That(changes.Select(change => change.LastingId), isThere ? Is.Empty : Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task Changes_under_the_id_of_the_try()
    {
        var id = EntityId.New(IssueFactory.Now);
        StoreHas(Issue);
        StoreAnswers(new ChangeResult.Applied(Issue));

        await useCases.SendAsync(Done with { Attempt = new(id, IsFirst: true) });

        Assert.That(changes.Single().Entry.Id, Is.EqualTo(id));
        useCases.Store.Verify(store => store.FindWithChangeAsync("A-1", id, It.IsAny<CancellationToken>()), Times.Never);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Appends_a_message_to_the_issue_read_first(bool isExpected)
    {
        StoreHas(Issue);
        useCases.Store.Setup(store => store.AddMessageAsync(It.IsAny<NewMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ChangeResult.Outdated());
        StoreAnswers(new ChangeResult.Applied(Issue));

        await useCases.SendAsync(new AddDiscussion
        {
            OrderId = "A-1",
            Username = " John ",
            Message = " Hello\n",
            ExpectedRevisions = isExpected ? [Issue.Revision] : null,
        });

        Assert.That(changes.Single().Message, Is.EqualTo(new DiscussionMessage("John", "Hello", IssueFactory.Now)));
        Assert.That(changes.Single().Guard.Keys, Is.EquivalentTo(isExpected ? new[] { "mergedInto", "__v", "updatedAt" } : new[] { "mergedInto" }));
        useCases.Store.Verify(
            store => store.AddMessageAsync(It.IsAny<NewMessage>(), It.IsAny<CancellationToken>()), isExpected ? Times.Never : Times.Once);
    }

    [Test]
    public async Task Acts_on_the_named_issue()
    {
        useCases.Store.Setup(store => store.FindHeadByOrderAsync("A-1", "1600007", It.IsAny<CancellationToken>())).ReturnsAsync(Issue);
        StoreAnswers(new ChangeResult.Applied(Issue));

        await useCases.SendAsync(Done with { IssueId = "1600007" });

        Assert.That(changes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Says_that_there_is_no_such_issue()
    {
        StoreHas(null);

        Assert.That((await useCases.FailureOfAsync(Done)).Code, Is.EqualTo(FailureCode.IssueNotFound));
    }

    [Test]
    public async Task Says_that_the_issue_is_full()
    {
        StoreHas(Issue);
        StoreAnswers(new ChangeResult.Full());

        Assert.That((await useCases.FailureOfAsync(Done)).Code, Is.EqualTo(FailureCode.IssueFull));
    }

    [Test]
    public async Task Decides_again_when_another_change_came_first()
    {
        var resolved = IssueFactory.Now.AddMinutes(-5);
        var fresher = Issue with { Status = "done", IssueResolvedAt = resolved };
        useCases.Store.SetupSequence(store => store.FindHeadByOrderAsync("A-1", null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Issue).ReturnsAsync(fresher);
        StoreAnswers(new ChangeResult.Outdated(), new ChangeResult.Applied(fresher));

        await useCases.SendAsync(Done);

        Assert.That(changes[0].Fields, Has.Count.EqualTo(2));
        Assert.That(changes[1].Fields, Is.Empty, "the date that the other change set must stay");
    }

    [Test]
    public async Task Gives_up_when_the_time_is_up()
    {
        StoreHas(Issue);
        useCases.Store.Setup(store => store.TryChangeAsync(It.IsAny<IssueChange>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ChangeResult.Outdated());
        var start = useCases.Time.GetUtcNow();

        var request = useCases.FailureOfAsync(Done);
        while (!request.IsCompleted)
        {
            useCases.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        var failure = await request;
        Assert.That(failure.Code, Is.EqualTo(FailureCode.Overloaded));
        Assert.That(failure.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(useCases.Time.GetUtcNow() - start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(20)));

        // Longer and longer, a second at most, at random.
        useCases.Store.Verify(store => store.TryChangeAsync(It.IsAny<IssueChange>(), It.IsAny<CancellationToken>()), Times.Between(20, 80, Moq.Range.Inclusive));
    }

    [Test]
    public async Task Changes_of_one_issue_that_meet_go_one_after_the_other()
    {
        var current = Issue;
        var tries = 0;
        useCases.Store.Setup(store => store.FindHeadByOrderAsync("A-1", null, It.IsAny<CancellationToken>())).Returns(async () =>
        {
            await Task.Yield();
            return current;
        });
        useCases.Store.Setup(store => store.TryChangeAsync(It.IsAny<IssueChange>(), It.IsAny<CancellationToken>())).Returns(async (IssueChange change, CancellationToken _) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref tries);
            lock (useCases)
            {
                return (string?)change.Guard["status"] == current.Status
                    ? new ChangeResult.Applied(current = current with { Status = (string)change.Fields[0].To! })
                    : new ChangeResult.Outdated();
            }
        });

        var requests = Enumerable.Range(0, 100).Select(i => useCases.SendAsync(Done with { Status = $"status {i}" })).ToList();
        while (!requests.TrueForAll(request => request.IsCompleted))
        {
            useCases.Time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await Task.WhenAll(requests);
        Assert.That(tries, Is.LessThan(300));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("done?")]
    public async Task Refuses_a_status_that_is_none(string? status) =>
        Assert.That((await useCases.ErrorsOfAsync(Done with { Status = status })).Keys, Is.EqualTo(new[] { "Status" }));

    [Test]
    public async Task Refuses_what_is_too_long()
    {
        var tooLong = new AddDiscussion { OrderId = "A-1", Username = new('x', 201), Message = new('x', 10_001) };

        Assert.That((await useCases.ErrorsOfAsync(tooLong)).Keys, Is.EquivalentTo(new[] { "Username", "Message" }));
        Assert.That((await useCases.ErrorsOfAsync(Done with { By = new('x', 201) })).Keys, Is.EqualTo(new[] { "By" }));
    }

    [TestCase(null, null)]
    [TestCase("  ", "\n")]
    [TestCase("a\u0007", "\u001b[31m")]
    public async Task Refuses_a_message_of_nobody_or_of_nothing(string? username, string? message) =>
        Assert.That(
            (await useCases.ErrorsOfAsync(new AddDiscussion { OrderId = "A-1", Username = username, Message = message })).Keys,
            Is.EquivalentTo(new[] { "Username", "Message" }));

    private void StoreHas(OrderIssue? issue, string orderId = "A-1") =>
        useCases.Store.Setup(store => store.FindHeadByOrderAsync(orderId, null, It.IsAny<CancellationToken>())).ReturnsAsync(issue);

    private void StoreAnswers(params ChangeResult[] results)
    {
        var rest = new Queue<ChangeResult>(results);
        useCases.Store.Setup(store => store.TryChangeAsync(Capture.In(changes), It.IsAny<CancellationToken>())).ReturnsAsync(rest.Dequeue);
    }
}
