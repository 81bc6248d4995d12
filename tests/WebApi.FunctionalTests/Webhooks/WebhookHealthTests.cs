using MediatR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Moq;
using OrderIssues.Application.Webhooks;
using OrderIssues.Application.Webhooks.Deliveries;
using OrderIssues.WebApi.Webhooks;

namespace OrderIssues.WebApi.FunctionalTests.Webhooks;

public sealed class WebhookHealthTests
{
    private readonly FakeTimeProvider time = new();

    [TestCase(0, null, null)]
    [TestCase(10_000, 600, null)]
    [TestCase(10_001, 1, "The webhook erp is 10001 events behind.")]
    [TestCase(1, 601, "The webhook erp is 1 events behind.")]
    public async Task Tells_of_webhooks_that_are_far_behind(long waiting, int? seconds, string? reason)
    {
        var well = StatusOf("crm", 0, null);
        var mediator = new Mock<IMediator>();
        mediator.Setup(sent => sent.Send(It.IsAny<ListWebhooks>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([well, StatusOf("erp", waiting, seconds)]);

        var result = await new WebhookHealth(mediator.Object, time).CheckHealthAsync(new(), default);

        Assert.That(
            (result.Status, result.Description),
            Is.EqualTo((reason is null ? HealthStatus.Healthy : HealthStatus.Degraded, reason)));
    }

    private WebhookStatus StatusOf(string name, long waiting, int? seconds) => new(
        new WebhookEndpoint { Name = name, Address = "" },
        new EndpointState(),
        IsPaused: false,
        waiting,
        seconds is { } age ? time.GetUtcNow().AddSeconds(-age) : null);
}
