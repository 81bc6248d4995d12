using OrderIssues.Application;

namespace OrderIssues.WebApi.Security;

/// <summary>Caller that the current request was authenticated as.</summary>
internal sealed class HttpCaller(IHttpContextAccessor accessor) : ICaller
{
    public string? Name => accessor.HttpContext?.User.Identity?.Name;
}
