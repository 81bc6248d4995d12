using AutoMapper;
using OrderIssues.Application.Issues;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;

namespace OrderIssues.WebApi.Issues;

/// <summary>Changes of an order's newest or named issue.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class OrdersController(IMapper mapper, IdempotentRequests idempotent) : ControllerBase
{
    /// <summary>Changes the status of an order's newest or named issue.</summary>
    /// <remarks>Resolved statuses (e.g. <c>done</c>) set <c>issueResolvedAt</c>; repeats keep the date, other statuses remove it.</remarks>
    /// <param name="OrderId">The order. In a URL it is one path segment, percent-encoded once (<c>A/B</c> is <c>A%2FB</c>).</param>
    /// <param name="request">The status.</param>
    /// <param name="issueId">The number of the issue; without it, the order's newest.</param>
    /// <param name="ifMatch">Known <c>ETag</c>: the change takes effect only while the issue is in that state.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key, order, body and <c>issueId</c> get the first answer again. 1 to 255 visible ASCII
    /// characters, such as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The whole issue after the change.</response>
    [HttpPut("update/{OrderId}", Name = "updateStatus")]
    [Fails(FailureCode.IssueNotFound, FailureCode.IssueMerged, FailureCode.IssueFull)]
    public Task<ActionResult<IssueResponse>> UpdateStatus(
        string OrderId, UpdateStatusRequest request, [FromQuery] string? issueId, [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey, CancellationToken cancellationToken) =>
        idempotent.ChangeAsync(
            ControllerContext,
            idempotencyKey,
            OrderId,
            ifMatch,
            () => mapper.Map<UpdateStatus>(request) with { OrderId = OrderId, IssueId = issueId },
            cancellationToken);

    /// <summary>Adds a message to an order's newest or named issue.</summary>
    /// <remarks>
    /// The service dates the message. A discussion holds at most 5,000 messages. A message to a merged issue goes to the one that it was
    /// merged into, which answers.
    /// </remarks>
    /// <param name="OrderId">The order. In a URL it is one path segment, percent-encoded once (<c>A/B</c> is <c>A%2FB</c>).</param>
    /// <param name="request">The message.</param>
    /// <param name="issueId">The number of the issue; without it, the order's newest.</param>
    /// <param name="ifMatch">Known <c>ETag</c>: the change takes effect only while the issue is in that state.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key, order, body and <c>issueId</c> get the first answer again. 1 to 255 visible ASCII
    /// characters, such as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The whole issue after the change.</response>
    [HttpPut("discussion/{OrderId}", Name = "addDiscussion")]
    [Fails(FailureCode.IssueNotFound, FailureCode.IssueFull)]
    public Task<ActionResult<IssueResponse>> AddDiscussion(
        string OrderId, AddDiscussionRequest request, [FromQuery] string? issueId, [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey, CancellationToken cancellationToken) =>
        idempotent.ChangeAsync(
            ControllerContext,
            idempotencyKey,
            OrderId,
            ifMatch,
            () => mapper.Map<AddDiscussion>(request) with { OrderId = OrderId, IssueId = issueId },
            cancellationToken);
}
