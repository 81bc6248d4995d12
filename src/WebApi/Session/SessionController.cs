using MediatR;
using Microsoft.AspNetCore.Authorization;
using OrderIssues.Application;

namespace OrderIssues.WebApi.Session;

/// <summary>Caller.</summary>
[ApiController, Route("api/session"), Tags("Session"), Authorize]
public sealed class SessionController(IMediator mediator) : ControllerBase
{
    /// <summary>Tells who calls, and what the credential permits.</summary>
    /// <remarks>Takes any valid credential, whatever its scopes.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <response code="200">The caller.</response>
    [HttpGet("", Name = "getSession")]
    public async Task<ActionResult<SessionResponse>> Get(CancellationToken cancellationToken)
    {
        var caller = await mediator.Send(new GetSession(), cancellationToken);
        return new SessionResponse { Data = new() { Name = caller.Name, Scopes = caller.Scopes, Anonymous = caller.IsAnonymous } };
    }
}
