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

/// <summary>What many order issues tell together.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class IssueReportsController(IMediator mediator, IMapper mapper, RequestErrors errors) : ControllerBase
{
    /// <summary>Counts issues by the values of a field.</summary>
    /// <remarks>For example by <c>sku</c>, which tells what breaks, or by <c>packer</c>, which tells whose parcels go wrong. The filters are those of the list.</remarks>
    /// <param name="request">Which issues, and by what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The statistics.</response>
    [HttpGet("stats", Name = "getStatistics")]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<ActionResult<StatisticsResponse>> GetStatistics([FromQuery] GetStatisticsRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(mapper.Map<GetStatistics>(request), ControllerContext.QueryErrors());
        var statistics = await mediator.Send(query, cancellationToken);
        return new StatisticsResponse { Data = mapper.Map<StatisticsModel>(statistics) with { GroupBy = request.GroupBy! } };
    }

    /// <summary>Exports issues as a file, the latest first.</summary>
    /// <remarks>
    /// As CSV (RFC 4180, UTF-8, with a header row): a column for each field of an issue, times as everywhere else; in <c>items</c>
    /// <c>SKU x quantity</c>, several with <c>; </c> between them, as tracking numbers have; in <c>discussion</c> a line for each message, <c>time name: message</c>.
    /// A cell that starts with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return has a <c>'</c> before it, so that no spreadsheet takes it for a formula.
    /// As NDJSON: an issue a line, as it is read one by one. Issues that are reported after the start aren't in the file. When the service
    /// fails on the way, the connection breaks before the body's end.
    /// </remarks>
    /// <param name="request">Which issues, and as what.</param>
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
