using Moq;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Tickets;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Application.UnitTests.Tickets;

public sealed class GetTicketTests
{
    private static readonly Ticket Ticket = new() { TicketId = "18362" };
    private readonly UseCases useCases = new(statuses: null, types: null, Source("freshdesk", Ticket), Source("tiktok", null));

    [Test]
    public async Task Asks_the_named_system() =>
        Assert.That(await useCases.SendAsync(new GetTicket { TicketId = "18362", Source = "Freshdesk" }), Is.SameAs(Ticket));

    [Test]
    public async Task Says_that_there_is_no_such_ticket() =>
        Assert.That((await useCases.FailureOfAsync(new GetTicket { TicketId = "18362", Source = "tiktok" })).Code, Is.EqualTo(FailureCode.TicketNotFound));

    [Test]
    public async Task Says_that_the_system_is_not_set_up() =>
        Assert.That(
            (await new UseCases().FailureOfAsync(new GetTicket { TicketId = "18362", Source = "freshdesk" })).Code,
            Is.EqualTo(FailureCode.TicketSourceNotConfigured));

    [TestCase("email")]
    [TestCase("")]
    public async Task Refuses_a_system_that_has_no_tickets(string source) =>
        Assert.That((await useCases.ErrorsOfAsync(new GetTicket { TicketId = "18362", Source = source })).Keys, Is.EqualTo(new[] { "Source" }));

    private static ITicketSystem Source(string name, Ticket? ticket)
    {
        var source = new Mock<ITicketSystem>(MockBehavior.Strict);
        source.Setup(mock => mock.Name).Returns(name);
        source.Setup(mock => mock.FindAsync("18362", It.IsAny<CancellationToken>())).ReturnsAsync(ticket);
        return source.Object;
    }
}
