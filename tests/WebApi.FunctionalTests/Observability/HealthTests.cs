using System.Net;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using OrderIssues.WebApi.FunctionalTests.Tickets;

namespace OrderIssues.WebApi.FunctionalTests.Observability;

public sealed class HealthTests : FreshdeskFixture
{
    [Test]
    public async Task Tells_how_each_part_is()
    {
        Assert.That(
            (await Service.Api.GetAsync("/health/ready")).Succeeded().Text,
            Is.EqualTo("""{"ok":true,"status":"Healthy","parts":{"service":{"status":"Healthy"},"webhooks":{"status":"Healthy"},"store":{"status":"Healthy"},"freshdesk":{"status":"Healthy"}}}"""));
        Assert.That((await Service.Api.GetAsync("/health/live")).Succeeded().Text, Is.EqualTo("""{"ok":true,"status":"Healthy","parts":{}}"""));
    }

    [Test]
    public async Task Is_ready_while_a_ticket_system_takes_no_calls()
    {
        Freshdesk.Next(FakeFreshdesk.Status(429, "30"));
        await Service.Api.GetAsync(Path);

        var ready = (await Service.Api.GetAsync("/health/ready")).Succeeded().Body;

        Assert.That((string?)ready["status"], Is.EqualTo("Degraded"));
        Assert.That(ready["parts"]!["freshdesk"]!.ToJsonString(), Is.EqualTo("""{"status":"Degraded","detail":"Freshdesk takes no calls for 30 s."}"""));
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((string?)(await Service.Api.GetAsync("/health/ready")).Succeeded().Body["status"], Is.EqualTo("Healthy"));
    }

    [Test]
    public async Task Is_ready_while_a_ticket_system_does_not_answer()
    {
        Freshdesk.Always = FakeFreshdesk.Status(500);
        for (var i = 0; i < 3; i++)
        {
            await Time.LetPassUntilAsync(Service.Api.GetAsync(Path));
        }

        var ready = (await Service.Api.GetAsync("/health/ready")).Succeeded().Body;

        Assert.That((string?)ready["parts"]!["freshdesk"]!["detail"], Is.EqualTo("Freshdesk doesn't answer."));
    }

    [Test]
    public async Task Is_a_problem_with_the_parts_while_the_store_is_away()
    {
        (await Service.Api.GetAsync("/health/ready")).Succeeded();
        File.Move(Service.File, Service.File + ".away");

        var answer = (await Service.Api.GetAsync("/health/ready")).Failed(HttpStatusCode.ServiceUnavailable, "store_unavailable");

        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((string?)answer.Body["parts"]!["store"]!["status"], Is.EqualTo("Unhealthy"));
        Assert.That((string?)answer.Body["parts"]!["store"]!["detail"], Is.EqualTo((string?)answer.Body["detail"]));
        Assert.That((string?)answer.Body["parts"]!["service"]!["status"], Is.EqualTo("Healthy"));
        (await Service.Api.GetAsync("/health/live")).Succeeded();
    }
}
