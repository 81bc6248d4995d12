using Microsoft.AspNetCore.Authorization;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Session;

/// <summary>Caller.</summary>
[ApiController, Route("api/session"), Tags("Session"), Authorize]
public sealed class SessionController : ControllerBase
{
    /// <summary>Tells who calls, and what the credential permits.</summary>
    /// <remarks>Takes any valid credential, whatever its scopes.</remarks>
    /// <response code="200">The caller.</response>
    [HttpGet("", Name = "getSession")]
    public ActionResult<SessionResponse> Get() => new SessionResponse
    {
        Data = new SessionModel
        {
            Name = User.Identity?.Name,
            Scopes = [.. Scopes.All.Where(scope => User.HasScope(scope))],
            Anonymous = ReferenceEquals(User, CredentialScheme.Anonymous),
        },
    };
}
