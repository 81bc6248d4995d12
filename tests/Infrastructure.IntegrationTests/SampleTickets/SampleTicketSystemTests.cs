using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderIssues.Domain.Tickets;

namespace OrderIssues.Infrastructure.IntegrationTests.SampleTickets;

public sealed class SampleTicketSystemTests
{
    [TestCase("18362", "opening")]
    [TestCase("18363", "pending")]
    [TestCase("18364", "resolved")]
    [TestCase("18365", "closed")]
    [TestCase("18366", "status 6")]
    public async Task Has_a_ticket_of_each_status(string ticketId, string statusText)
    {
        var ticket = await Sources("Development").Single().FindAsync(ticketId, default);

        Assert.That(($"{ticket?.TicketId} {ticket?.Id}", ticket?.StatusText), Is.EqualTo(($"{ticketId} {ticketId}", statusText)));
    }

    [Test]
    public async Task Has_the_example_that_the_callers_know()
    {
        var ticket = await Sources("Development").Single().FindAsync("18362", default);

        Assert.That(ticket?.Subject, Is.EqualTo("Inquiry from Amazon customer Josh (Order: 111-0944945-3989852)"));
        Assert.That(ticket?.ProductId, Is.EqualTo(154000093699));
        Assert.That(ticket?.CreatedAt, Is.EqualTo(new DateTimeOffset(2025, 11, 19, 22, 36, 28, TimeSpan.Zero)));
        Assert.That(ticket?.OrderId, Is.EqualTo("111-0944945-3989852"));
    }

    [TestCase("018362")]
    [TestCase("1")]
    [TestCase("abc")]
    public async Task Has_no_other(string ticketId) => Assert.That(await Sources("Development").Single().FindAsync(ticketId, default), Is.Null);

    [Test]
    public void Is_there_only_in_Development_and_without_Freshdesk()
    {
        Assert.That(Sources("Production"), Is.Empty);
        Assert.That(
            Sources("Development", freshdesk: "https://acme.freshdesk.com").Single().GetType().Name, Is.EqualTo("FreshdeskTicketSystem"));
    }

    private static ITicketSystem[] Sources(string environment, string? freshdesk = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Sqlite", "Data Source=unused.db"), new("Freshdesk:BaseUrl", freshdesk), new("Freshdesk:ApiKey", freshdesk)]);
        builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
        return [.. builder.Build().Services.GetServices<ITicketSystem>()];
    }
}
