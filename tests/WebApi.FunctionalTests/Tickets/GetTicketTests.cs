using System.Net;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

public sealed class GetTicketTests
{
    [TestCase("")]
    [TestCase("?source=freshdesk")]
    public async Task Answers_with_the_ticket(string query)
    {
        var answer = (await Shared.Api.GetAsync($"/api/issue-ticket/18362{query}")).Succeeded();

        Assert.That(answer.Data.ToJsonString(), Is.EqualTo(
            """
            {"ticketId":"18362","subject":"Inquiry from Amazon customer Josh (Order: 111-0944945-3989852)","product_id":154000093699,
            "id":18362,"status":2,"statusText":"opening","created_at":"2025-11-19T22:36:28.000Z","updated_at":"2025-11-20T07:12:05.000Z",
            "type":"Question","priority":1,"tags":["amazon"],"requesterName":"Josh","requesterEmail":"josh@example.com",
            "OrderId":"111-0944945-3989852"}
            """.ReplaceLineEndings("")));
    }

    [TestCase("1")]
    [TestCase("abc")]
    [TestCase("18362%2F..")]
    [TestCase("%2018362")]
    public async Task Knows_no_other_ticket(string ticketId) =>
        (await Shared.Api.GetAsync($"/api/issue-ticket/{ticketId}")).Failed(HttpStatusCode.NotFound, "ticket_not_found");

    [Test]
    public async Task Says_that_TikTok_is_not_set_up() =>
        (await Shared.Api.GetAsync("/api/issue-ticket/1?source=tiktok")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_not_configured");

    [Test]
    public async Task Says_that_Freshdesk_is_not_set_up()
    {
        using var service = Service.Start(("Environment", "Production"), ("Auth:AllowAnonymous", "true"));

        (await service.Api.GetAsync("/api/issue-ticket/18362")).Failed(HttpStatusCode.ServiceUnavailable, "ticket_source_not_configured");
    }

    [TestCase("")]
    [TestCase("email")]
    [TestCase("freshdesk%00")]
    public async Task Refuses_a_system_without_tickets(string source) =>
        Assert.That(
            (await Shared.Api.GetAsync($"/api/issue-ticket/18362?source={source}")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields,
            Is.EqualTo(new[] { "source" }));
}
