using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.RateLimiting;
using OrderIssues.Application.Issues.Bulk;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Limits;

namespace OrderIssues.WebApi.Issues;

/// <summary>Changes of many issues at once.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class BulkController(IMediator mediator, IMapper mapper, IdempotentRequests idempotent, RequestErrors errors)
    : ControllerBase
{
    /// <summary>Changes up to 1,000 issues alike.</summary>
    /// <remarks>
    /// Each issue is changed whole or not at all, and is one entry of its history. One that can't be changed has a <c>code</c>, such as
    /// <c>issue_not_found</c> or <c>issue_full</c>, and keeps none of the others back: the answer is 200 even if it is all of them. With an
    /// <c>Idempotency-Key</c>, a retry goes on where the request was cut off, with the issues that the filter found at first.
    /// </remarks>
    /// <param name="request">The issues, and the change.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the request; what is changed by then stays so.</param>
    /// <response code="200">The outcome for each issue.</response>
    [HttpPost("bulk", Name = "changeIssues"), IgnoresPreference, EnableRateLimiting(RateLimits.Bulk)]
    [Fails(FailureCode.CountDiffers, FailureCode.QueryTimeout)]
    public Task<ActionResult<ChangedIssuesResponse>> ChangeIssues(
        ChangeIssuesRequest request, [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey,
        CancellationToken cancellationToken) =>
        idempotent.RunAsync<ChangedIssuesResponse>(ControllerContext, idempotencyKey, "", async attempt =>
        {
            var change = errors.Require(mapper.Map<ChangeIssues>(request), request.Errors()) with { Attempt = attempt };
            var outcomes = await mediator.Send(change, cancellationToken);
            return Ok(new ChangedIssuesResponse { Data = [.. outcomes.Select(ChangedIssueModel.Of)] });
        });
}
