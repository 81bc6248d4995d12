using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Issues.Export;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Limits;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Issues;

/// <summary>Reports on many order issues.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class IssueReportsController(IMediator mediator, IMapper mapper, RequestErrors errors) : ControllerBase
{
    /// <summary>Counts issues by the values of a field.</summary>
    /// <remarks>
    /// Counts by <c>sku</c>, for example, tell what breaks; counts by <c>packer</c> whose parcels go wrong. The filters are those of the
    /// list.
    /// </remarks>
    /// <param name="request">Filter and field.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The statistics.</response>
    [HttpGet("stats", Name = "getStatistics")]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<ActionResult<StatisticsResponse>> GetStatistics(
        [FromQuery] GetStatisticsRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(mapper.Map<GetStatistics>(request), ControllerContext.QueryErrors());
        var statistics = await mediator.Send(query, cancellationToken);
        return new StatisticsResponse { Data = mapper.Map<StatisticsModel>(statistics) with { GroupBy = request.GroupBy! } };
    }

    /// <summary>Exports issues as a file, the latest first.</summary>
    /// <remarks>
    /// CSV (RFC 4180, UTF-8, with a header row) has a column for each field of an issue. <c>items</c> has <c>SKU x quantity</c>, several
    /// with <c>; </c> between them, as tracking numbers have; <c>discussion</c> has a line for each message, <c>time name: message</c>. A
    /// cell that starts with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return has a <c>'</c> before it, so that no
    /// spreadsheet takes it for a formula. NDJSON has an issue a line, in the JSON of a single issue. Issues reported after the start
    /// aren't in the file. When the service fails on the way, the connection breaks before the body's end.
    /// </remarks>
    /// <param name="request">Filter and format.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <response code="200">The file.</response>
    [HttpGet("export", Name = "exportIssues"), DisableRequestTimeout, EnableRateLimiting(RateLimits.Exports)]
    [ProducesResponseType<FileResult>(StatusCodes.Status200OK, CsvFormat.MediaType, NdjsonFormat.MediaType)]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<IActionResult> Export([FromQuery] ExportIssuesRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(mapper.Map<ExportIssues>(request), ControllerContext.QueryErrors());
        return new IssueExport(await mediator.Send(query, cancellationToken), request.Format!);
    }
}
