using System.Text.Json.Nodes;
using Moq;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Tickets;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Tickets;

/// <summary>What may happen between the steps of a request; all else is tested through the front door.</summary>
public sealed class CreateIssueFromTicketTests
{
    private const string Key = "freshdesk/18362";
    private static readonly CreateIssueFromTicket Request = new() { Issue = new CreateIssue { Source = "freshdesk-us", TicketId = "18362", IssueType = "damaged" } };
    private static readonly OrderIssue OfTicket = IssueFactory.Issue() with { IssueId = "1600007" };
    private static readonly OrderIssue OfAnother = OfTicket with { TicketId = "18363" };

    private readonly Mock<ITicketSystem> freshdesk = new(MockBehavior.Strict);
    private readonly UseCases useCases;
    private readonly List<EntityId> written = [];

    public CreateIssueFromTicketTests()
    {
        freshdesk.Setup(source => source.Name).Returns("freshdesk");
        freshdesk.Setup(source => source.FindAsync("18362", It.IsAny<CancellationToken>())).ReturnsAsync(new Ticket { TicketId = "18362", OrderId = "A-1" });
        useCases = new UseCases(statuses: null, types: null, freshdesk.Object);
        useCases.Store.Setup(store => store.FindByTicketAsync("freshdesk", "18362", It.IsAny<CancellationToken>())).ReturnsAsync((OrderIssue?)null);
        useCases.Store.Setup(store => store.FindAsync(It.IsAny<EntityId>(), It.IsAny<CancellationToken>())).ReturnsAsync((OrderIssue?)null);
    }

    [Test]
    public async Task Writes_the_issue_under_the_id_that_the_record_of_the_ticket_has()
    {
        Writes(issue => new AddedIssue(issue, IsNew: true));

        var (issue, isNew) = await useCases.SendAsync(Request);

        Assert.That((isNew, issue.OrderId, issue.Source, issue.Caller), Is.EqualTo((true, "A-1", "freshdesk-us", "support-app")));
        Assert.That(RecordedId, Is.EqualTo(issue.Id));
    }

    [Test]
    public async Task Gives_the_issue_that_another_wrote_after_it_was_looked_for()
    {
        Writes(issue => new AddedIssue(OfTicket with { Id = issue.Id }, IsNew: false));

        var (issue, isNew) = await useCases.SendAsync(Request);

        Assert.That((isNew, issue.IssueId), Is.EqualTo((false, OfTicket.IssueId)));
        Assert.That(written, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Writes_another_when_the_one_of_the_record_is_of_another_ticket_by_the_time_it_would_write_it()
    {
        Writes(issue => written.Count == 1 ? new AddedIssue(OfAnother with { Id = issue.Id }, IsNew: false) : new AddedIssue(issue, IsNew: true));

        var (issue, isNew) = await useCases.SendAsync(Request);

        Assert.That((isNew, issue.Id), Is.EqualTo((true, written[1])));
        Assert.That(written[1], Is.Not.EqualTo(written[0]));
        Assert.That(RecordedId, Is.EqualTo(written[1]));
    }

    [Test]
    public async Task Leaves_the_record_alone_that_another_put_in_the_place_of_the_one_it_read()
    {
        var theirs = EntityId.New(IssueFactory.Now);
        Writes(issue =>
        {
            if (written.Count == 1)
            {
                useCases.Records.Put(Recorded! with { Content = $$"""{"targetId":"{{theirs}}"}""" });
                return new AddedIssue(OfAnother with { Id = issue.Id }, IsNew: false);
            }

            return new AddedIssue(OfTicket with { Id = issue.Id }, IsNew: false);
        });

        var (issue, isNew) = await useCases.SendAsync(Request);

        Assert.That((isNew, issue.Id), Is.EqualTo((false, theirs)));
        Assert.That(RecordedId, Is.EqualTo(theirs));
    }

    [Test]
    public async Task Stops_when_nobody_waits_for_it_any_more()
    {
        using var gone = new CancellationTokenSource();
        Writes(issue =>
        {
            gone.Cancel();
            return new AddedIssue(OfAnother with { Id = issue.Id }, IsNew: false);
        });

        Assert.That(() => useCases.SendAsync(Request, gone.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(written, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Keeps_the_record_as_long_as_keys_are_kept()
    {
        Writes(issue => new AddedIssue(issue, IsNew: true));
        await useCases.SendAsync(Request);

        Assert.That(Recorded?.ExpiresAt, Is.EqualTo(IssueFactory.Now.AddHours(24)));
    }

    private StoredRecord? Recorded => useCases.Records.Find(RecordKinds.TicketIssues, Key);

    private EntityId RecordedId => EntityId.Parse((string)JsonNode.Parse(Recorded!.Content)!["targetId"]!);

    private void Writes(Func<OrderIssue, AddedIssue> write) =>
        useCases.Store.Setup(store => store.AddAsync(It.IsAny<OrderIssue>(), It.IsAny<CancellationToken>())).ReturnsAsync((OrderIssue issue, CancellationToken _) =>
        {
            written.Add(issue.Id);
            return write(issue);
        });
}
