using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.WebApi.Issues.Export;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Limits;

namespace OrderIssues.WebApi.Issues;

/// <summary>Reports on many order issues.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class IssueReportsController(IMediator mediator, IMapper mapper, RequestErrors errors) : ControllerBase
{
    /// <summary>Tells the words that the fields of an issue may have, for forms.</summary>
    /// <remarks>
    /// Statuses and types are those of the configuration. Where it has none, <c>anyStatus</c> and <c>anyType</c> are true.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The vocabulary.</response>
    [HttpGet("vocabulary", Name = "getVocabulary")]
    public async Task<ActionResult<VocabularyResponse>> GetVocabulary(CancellationToken cancellationToken)
    {
        var vocabulary = await mediator.Send(new GetVocabulary(), cancellationToken);
        return new VocabularyResponse { Data = mapper.Map<VocabularyModel>(vocabulary) };
    }

    /// <summary>Counts issues by the values of one or two fields.</summary>
    /// <remarks>Counts by <c>sku</c> tell what breaks; by <c>packer</c>, whose parcels go wrong. Takes the filters of the list.</remarks>
    /// <param name="request">Filter and fields.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The statistics.</response>
    [HttpGet("stats", Name = "getStatistics")]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<ActionResult<StatisticsResponse>> GetStatistics(
        [FromQuery] GetStatisticsRequest request, CancellationToken cancellationToken)
    {
        var statistics = await mediator.Send(errors.Require(mapper.Map<GetStatistics>(request), request.Errors()), cancellationToken);
        return new StatisticsResponse { Data = mapper.Map<StatisticsModel>(statistics) with { GroupBy = request.GroupBy! } };
    }

    /// <summary>Exports issues as a file, the latest first.</summary>
    /// <remarks>
    /// CSV (RFC 4180, UTF-8) and XLSX have a header row and a column per field: <c>items</c> as <c>SKU x quantity</c>, separated by
    /// <c>; </c> as tracking numbers are, in quotes where they have a <c>;</c>; <c>discussion</c> as lines of <c>time name: message</c>,
    /// with a message's further lines indented. CSV has texts in quotes, and a <c>'</c> before what a spreadsheet could take for a formula:
    /// at the start of a text, after a <c>;</c> or after a line end. XLSX has texts as they are, up to the 32,767 characters that Excel
    /// takes (longer ones end with <c>… [cut]</c>), and dates in UTC. NDJSON has an issue a line, in the JSON of a single issue. Issues
    /// reported after the start are left out. On a failure the connection breaks before the body's end.
    /// </remarks>
    /// <param name="request">Filter and format.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <response code="200">The file.</response>
    [HttpGet("export", Name = "exportIssues"), DisableRequestTimeout, EnableRateLimiting(RateLimits.Exports)]
    [ProducesResponseType<FileResult>(StatusCodes.Status200OK, CsvFormat.MediaType, NdjsonFormat.MediaType, XlsxFormat.MediaType)]
    [Fails(FailureCode.QueryTimeout)]
    public async Task<IActionResult> Export([FromQuery] ExportIssuesRequest request, CancellationToken cancellationToken)
    {
        var issues = await mediator.Send(errors.Require(mapper.Map<ExportIssues>(request), request.Errors()), cancellationToken);
        return new IssueExport(issues, request.Format!);
    }
}
