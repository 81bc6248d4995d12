using MediatR;
using OrderIssues.Application.Issues.Views;

namespace OrderIssues.WebApi.Views;

/// <summary>Saved queries of the list, shared by all callers.</summary>
[ApiController, Route("api/issue-view"), Tags("Views")]
public sealed class ViewsController(IMediator mediator, RequestErrors errors) : ControllerBase
{
    /// <summary>Lists the views by name, and counts the issues of each if asked to.</summary>
    /// <remarks>
    /// A view whose issues can't be counted has a <c>code</c> in place of its <c>count</c>: the list refuses its query by now, or it takes
    /// too long. The others have theirs nevertheless.
    /// </remarks>
    /// <param name="request">Choice of what is told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The views.</response>
    [HttpGet("", Name = "listViews")]
    public async Task<ActionResult<ViewListResponse>> List([FromQuery] ListViewsRequest request, CancellationToken cancellationToken)
    {
        var query = errors.Require(new ListViews(request.Count == "true"), request.Errors());
        return new ViewListResponse { Data = [.. (await mediator.Send(query, cancellationToken)).Select(ModelOf)] };
    }

    /// <summary>Saves a query of the list under a name, or changes the one that has it.</summary>
    /// <remarks>
    /// Names that differ in case only are one. A query that the list refuses is refused for the same reasons, which <c>errors</c> has under
    /// <c>query</c>. There may be 200 views.
    /// </remarks>
    /// <param name="name">The view's name: 1 to 100 characters, no e-mail address.</param>
    /// <param name="request">The query.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="201">The new view.</response>
    /// <response code="200">The changed view.</response>
    [HttpPut("{name}", Name = "putView")]
    [ProducesResponseType<ViewResponse>(StatusCodes.Status201Created), ProducesResponseType<ViewResponse>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ViewResponse>> Put(string name, PutViewRequest request, CancellationToken cancellationToken)
    {
        var (view, isNew) = await mediator.Send(new PutView { Name = name, Query = request.Query }, cancellationToken);
        return StatusCode(
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, new ViewResponse { Data = ModelOf(new CountedView(view)) });
    }

    /// <summary>Removes a view.</summary>
    /// <remarks>Its issues stay.</remarks>
    /// <param name="name">The view's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="204">It is gone.</response>
    [HttpDelete("{name}", Name = "deleteView")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(FailureCode.ViewNotFound)]
    public async Task<IActionResult> Delete(string name, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteView { Name = name }, cancellationToken);
        return NoContent();
    }

    private static ViewModel ModelOf(CountedView counted) => new()
    {
        Name = counted.View.Name,
        Query = counted.View.Query,
        Count = counted.Count,
        Code = counted.Failure is { } failure ? ProblemTypes.NameOf(ProblemTypes.CodeOf(failure)) : null,
    };
}
