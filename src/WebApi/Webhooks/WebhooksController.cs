using AutoMapper;
using MediatR;
using OrderIssues.Application.Webhooks;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Webhooks;

/// <summary>Receivers of events. They are configured, not created here.</summary>
[ApiController, Route("api/webhook"), Tags("Webhooks"), Scope(Scopes.ManageWebhooks)]
public sealed class WebhooksController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>Lists the webhooks, and how they are.</summary>
    /// <remarks>Neither secrets nor the queries of addresses are told.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The webhooks, as of the last second.</response>
    [HttpGet(Name = "listWebhooks")]
    public async Task<ActionResult<WebhookListResponse>> List(CancellationToken cancellationToken) => new WebhookListResponse
    {
        Data = mapper.Map<IReadOnlyList<WebhookModel>>(await mediator.Send(new ListWebhooks(), cancellationToken)),
    };

    /// <summary>Lists deliveries to a webhook: pending ones, failed ones of 30 days, and the last 1,000 delivered ones.</summary>
    /// <remarks>Pending and failed ones come in the order of their sequences, delivered ones the latest first.</remarks>
    /// <param name="name">The webhook's name.</param>
    /// <param name="status">Only <c>pending</c>, <c>failed</c> or <c>delivered</c> ones. Default: all.</param>
    /// <param name="cursor"><c>nextCursor</c> of the previous page, same status; absent for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The page.</response>
    [HttpGet("{name}/delivery", Name = "listWebhookDeliveries")]
    [Fails(FailureCode.WebhookNotFound)]
    public async Task<ActionResult<WebhookDeliveryListResponse>> ListDeliveries(
        string name, [FromQuery] string? status, [FromQuery] string? cursor, CancellationToken cancellationToken)
    {
        var list = await mediator.Send(new ListDeliveries(name, status, cursor), cancellationToken);
        return new WebhookDeliveryListResponse
        {
            Data = mapper.Map<IReadOnlyList<WebhookDeliveryModel>>(list.Deliveries),
            Page = new PageModel { Limit = Application.Webhooks.ListDeliveries.Limit, NextCursor = list.NextCursor },
        };
    }

    /// <summary>Sends a trial to a webhook, once, and tells what came of it.</summary>
    /// <remarks>Its type is <c>webhook.ping</c>. A disabled webhook gets it too.</remarks>
    /// <param name="name">The webhook's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">What came of it.</response>
    [HttpPost("{name}/ping", Name = "pingWebhook")]
    [Fails(FailureCode.WebhookNotFound)]
    public async Task<ActionResult<WebhookPingResponse>> Ping(string name, CancellationToken cancellationToken) =>
        new WebhookPingResponse { Data = mapper.Map<WebhookPingModel>(await mediator.Send(new PingWebhook(name), cancellationToken)) };

    /// <summary>Lets a disabled webhook go on where it stopped.</summary>
    /// <remarks>It gets all that happened meanwhile. One that isn't disabled stays as it is.</remarks>
    /// <param name="name">The webhook's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The webhook, which goes on within seconds.</response>
    [HttpPost("{name}/enable", Name = "enableWebhook")]
    [Fails(FailureCode.WebhookNotFound)]
    public async Task<ActionResult<WebhookResponse>> Enable(string name, CancellationToken cancellationToken) =>
        new WebhookResponse { Data = mapper.Map<WebhookModel>(await mediator.Send(new EnableWebhook(name), cancellationToken)) };

    /// <summary>Delivers up to 1,000 events to a webhook once more.</summary>
    /// <remarks>They become pending, and are sent within seconds, in no order. Kinds that it doesn't take are left out.</remarks>
    /// <param name="name">The webhook's name.</param>
    /// <param name="request">First and last event.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">How many events will be sent.</response>
    [HttpPost("{name}/redeliver", Name = "redeliverEvents")]
    [Fails(FailureCode.WebhookNotFound)]
    public async Task<ActionResult<RedeliveryResponse>> Redeliver(
        string name, RedeliverEventsRequest request, CancellationToken cancellationToken)
    {
        var events = await mediator.Send(new RedeliverEvents(name, request.From, request.To), cancellationToken);
        return new RedeliveryResponse { Data = new() { Events = events } };
    }
}
