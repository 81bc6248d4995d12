using System.Security.Claims;
using OrderIssues.Application;

namespace OrderIssues.WebApi.Security;

internal sealed class HttpCaller(IHttpContextAccessor accessor) : ICaller
{
    public string? Name => User?.Identity?.Name;

    public IReadOnlyList<string> Scopes => User is { } user ? [.. Security.Scopes.All.Where(user.HasScope)] : [];

    public bool IsAnonymous => User is null || ReferenceEquals(User, CredentialScheme.Anonymous);

    private ClaimsPrincipal? User => accessor.HttpContext?.User;
}
