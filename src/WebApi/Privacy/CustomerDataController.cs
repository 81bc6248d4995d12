using AutoMapper;
using MediatR;
using OrderIssues.Application.Privacy;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Privacy;

/// <summary>Customers' data.</summary>
[ApiController, Route("api/customer-data"), Tags("Customer data"), Scope(Scopes.ManagePrivacy)]
public sealed class CustomerDataController(IMediator mediator, IMapper mapper, RequestErrors errors) : ControllerBase
{
    /// <summary>Reads everything that is kept about a customer.</summary>
    /// <remarks>
    /// That is the issues that have the address, or had it before, in any case, each with its history. A merged issue has its later
    /// messages as well, which went to the issue that took over. A POST, so that the address stands in no URL.
    /// </remarks>
    /// <param name="request">Customer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">What is kept about the customer.</response>
    [HttpPost("export", Name = "exportCustomerData")]
    public async Task<ActionResult<CustomerDataResponse>> Export(
        ExportCustomerDataRequest request, CancellationToken cancellationToken)
    {
        var export = await mediator.Send(mapper.Map<ExportCustomerData>(request), cancellationToken);
        return new CustomerDataResponse { Data = mapper.Map<CustomerDataModel>(export) };
    }

    /// <summary>Erases customers' data.</summary>
    /// <remarks>
    /// From all issues that have the address, in any case, or from the issues that are named: <c>customerName</c> and <c>customerEmail</c>
    /// are removed, notes and texts of messages become <c>[erased]</c>, also in the history, in searches, and in remembered responses. From
    /// issues that had the address before and have another one now, past values alone are erased. Of issues that were merged with them,
    /// their messages alone are erased. The history keeps who erased, when and why. Erasing again does no harm.
    /// </remarks>
    /// <param name="request">Customer or issues, and the reason.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">What became of each issue, also where there was none.</response>
    [HttpPost("erase", Name = "eraseCustomerData")]
    public async Task<ActionResult<ErasureResponse>> Erase(EraseCustomerDataRequest request, CancellationToken cancellationToken)
    {
        var report = await mediator.Send(errors.Require(mapper.Map<EraseCustomerData>(request), request.Errors()), cancellationToken);
        return new ErasureResponse { Data = mapper.Map<IReadOnlyList<ErasureModel>>(report.Issues), More = report.HasMore };
    }
}
