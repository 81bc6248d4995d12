using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Issues.GetStatistics;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Issues.Requests;
using OrderIssues.WebApi.Issues.Responses.Statistics;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Issues;

/// <summary>What many order issues tell together.</summary>
[ApiController, Route("api/order-issue"), Tags("Order issues")]
public sealed class IssueReportsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>Counts issues by the values of a field.</summary>
    /// <remarks>For example by <c>sku</c>, which tells what breaks, or by <c>packer</c>, which tells whose parcels go wrong. The filters are those of the list.</remarks>
    /// <param name="request">Which issues, and by what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The statistics.</response>
    [HttpGet("stats", Name = "getStatistics"), OnlyKnownQuery]
    [Fails(FailureCode.ValidationFailed, FailureCode.InternalError, FailureCode.StoreUnavailable, FailureCode.QueryTimeout)]
    public async Task<ActionResult<StatisticsResponse>> GetStatistics([FromQuery] GetStatisticsRequest request, CancellationToken cancellationToken)
    {
        var statistics = await mediator.Send(mapper.Map<GetStatistics>(request), cancellationToken);
        return new StatisticsResponse { Data = mapper.Map<StatisticsBody>(statistics) with { GroupBy = request.GroupBy! } };
    }
}
