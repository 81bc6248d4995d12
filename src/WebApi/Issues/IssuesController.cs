using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Merging;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Issues;

/// <summary>Order issues.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class IssuesController(IMediator mediator, IMapper mapper, IdempotentRequests idempotent, RequestErrors errors)
    : ControllerBase
{
    private const string OneIssue = $"{{issueId:{UnreservedConstraint.Name}}}";

    /// <summary>Reports an issue with an order.</summary>
    /// <remarks>Sending the same body twice makes two issues, unless both requests have the same <c>Idempotency-Key</c>.</remarks>
    /// <param name="request">The issue.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="201">The new issue, with the number that the service gave it.</response>
    [HttpPost("create", Name = "createIssue")]
    [ProducesResponseType<IssueResponse>(StatusCodes.Status201Created)]
    public Task<ActionResult<IssueResponse>> Create(
        CreateIssueRequest request, [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey,
        CancellationToken cancellationToken) =>
        idempotent.RunAsync<IssueResponse>(ControllerContext, idempotencyKey, "", async attempt =>
        {
            var command = mapper.Map<CreateIssue>(request) with
            {
                Id = attempt?.TargetId,
                FindsDuplicates = !Preferences.WantsMinimal(Request),
            };
            var reported = await mediator.Send(command, cancellationToken);
            return Created(Url.Action(nameof(Get), new { issueId = reported.Issue.IssueId }), Response.WithETag(reported, mapper));
        });

    /// <summary>Lists issues, a page at a time.</summary>
    /// <remarks>
    /// Issues must meet all filters. Sorted by <c>createdAt</c>, paging by <c>nextCursor</c> meets every issue from the start exactly once,
    /// also during changes.
    /// </remarks>
    /// <param name="request">Filter, order and page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The page.</response>
    [HttpGet("", Name = "listIssues")]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<ActionResult<IssueListResponse>> List([FromQuery] ListIssuesRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(mapper.Map<ListIssues>(request), request.Errors());
        var list = await mediator.Send(query, cancellationToken);
        return new IssueListResponse
        {
            Data = [.. list.Issues.Select(issue => mapper.Map<IssueModel>(issue) with { ETag = EntityTags.Of(issue) })],
            Page = mapper.Map<PageModel>(list),
        };
    }

    /// <summary>Reads an issue by its number.</summary>
    /// <remarks>The <c>ETag</c> that comes with it is what a change may name in <c>If-Match</c>.</remarks>
    /// <param name="issueId">The issue's number: decimal digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="ifNoneMatch">The <c>ETag</c> of the known state: while the issue is in it, it isn't sent again.</param>
    /// <response code="200">The issue.</response>
    /// <response code="304">The issue is in the state that <c>If-None-Match</c> names.</response>
    [HttpGet(OneIssue, Name = "getIssue"), DisableRequestTimeout] // It waits for nothing that has no time limit of its own.
    [ProducesResponseType<IssueResponse>(StatusCodes.Status200OK), ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails(FailureCode.IssueNotFound)]
    public async Task<ActionResult<IssueResponse>> Get(
        string issueId, CancellationToken cancellationToken, [FromHeader(Name = "If-None-Match")] string? ifNoneMatch = null)
    {
        var issue = await mediator.Send(new GetIssue(issueId), cancellationToken);
        var response = Response.WithETag(issue, mapper);
        return EntityTags.IsInIfNoneMatch(ifNoneMatch, issue) ? StatusCode(StatusCodes.Status304NotModified) : response;
    }

    /// <summary>Tells what happened to an issue.</summary>
    /// <remarks>Starts with the creation. Each change adds an entry, except changes by other programs on the same store.</remarks>
    /// <param name="issueId">The issue's number: decimal digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The history, oldest first.</response>
    [HttpGet("{issueId}/history", Name = "getHistory")]
    [Fails(FailureCode.IssueNotFound)]
    public async Task<ActionResult<HistoryResponse>> GetHistory(string issueId, CancellationToken cancellationToken)
    {
        var entries = await mediator.Send(new GetHistory(issueId), cancellationToken);
        return new HistoryResponse { Data = mapper.Map<IReadOnlyList<HistoryEntryModel>>(entries) };
    }

    /// <summary>Gives fields of an issue other values.</summary>
    /// <remarks>A patch that changes nothing leaves no trace; any other takes effect whole and is an entry of the history.</remarks>
    /// <param name="issueId">The issue's number: decimal digits.</param>
    /// <param name="request">The fields.</param>
    /// <param name="ifMatch">Known <c>ETag</c>: the change takes effect only while the issue is in that state.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key, issue and body get the first answer again. 1 to 255 visible ASCII characters, such
    /// as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The whole issue after the change.</response>
    [HttpPatch(OneIssue, Name = "patchIssue")]
    [Fails(FailureCode.IssueNotFound, FailureCode.IssueMerged, FailureCode.IssueFull)]
    public Task<ActionResult<IssueResponse>> Patch(
        string issueId, PatchIssueRequest request, [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey, CancellationToken cancellationToken) =>
        idempotent.ChangeAsync(
            ControllerContext,
            idempotencyKey,
            issueId,
            ifMatch,
            () => errors.Require(mapper.Map<PatchIssue>(request), request.Errors()) with { IssueId = issueId },
            cancellationToken);

    /// <summary>Merges an issue into another one of its order.</summary>
    /// <remarks>
    /// The issue is resolved and marked, and takes no changes any more. The other one gets its messages, those that it has and those that
    /// are still written to it.
    /// </remarks>
    /// <param name="issueId">The number of the issue that is merged: decimal digits.</param>
    /// <param name="request">The other issue.</param>
    /// <param name="ifMatch">Known <c>ETag</c> of the issue that is merged: it is merged only while it is in that state.</param>
    /// <param name="idempotencyKey">
    /// Makes retries safe: for 24 hours, the same key, issue and body get the first answer again. 1 to 255 visible ASCII characters, such
    /// as a UUID.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The other issue, whole, with the messages.</response>
    [HttpPost("{issueId}/merge", Name = "mergeIssue"), IgnoresPreference]
    [Fails(FailureCode.IssueNotFound, FailureCode.IssueMerged, FailureCode.IssueFull)]
    public Task<ActionResult<IssueResponse>> Merge(
        string issueId, MergeIssueRequest request, [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = IdempotencyHeaders.Key)] string? idempotencyKey, CancellationToken cancellationToken) =>
        idempotent.ChangeAsync(
            ControllerContext,
            idempotencyKey,
            issueId,
            ifMatch,
            () => mapper.Map<MergeIssue>(request) with { IssueId = issueId },
            cancellationToken);
}
