using OrderIssues.Application;

namespace OrderIssues.WebApi.Security;

internal sealed class HttpCaller(IHttpContextAccessor accessor) : ICaller
{
    public string? Name => accessor.HttpContext?.User.Identity?.Name;
}
