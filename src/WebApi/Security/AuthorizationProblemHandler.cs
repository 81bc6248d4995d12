using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace OrderIssues.WebApi.Security;

/// <summary>Answers refusals with a challenge (RFC 6750 section 3).</summary>
internal sealed class AuthorizationProblemHandler(ProblemWriter problems) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var scope = context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        var wrong = (await context.AuthenticateAsync()).Failure;
        if (wrong is ProblemException unknown)
        {
            // The credential couldn't be checked.
            await problems.WriteAsync(context, unknown);
            return;
        }

        var (failure, parameters) = (authorizeResult.Forbidden, wrong is not null) switch
        {
            (true, _) => (new ProblemException(ProblemCode.Forbidden, $"The credential doesn't permit this: it takes the scope {scope}."),
                $", error=\"insufficient_scope\", scope=\"{scope}\""),
            (_, true) => (new ProblemException(ProblemCode.Unauthorized, "The credential isn't valid, or isn't any more."),
                ", error=\"invalid_token\""),
            _ => (new ProblemException(
                ProblemCode.Unauthorized,
                "This takes a credential: 'Authorization: Bearer' with an API key or a token, "
                + $"or '{CredentialScheme.Header}' with an API key."), ""),
        };
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"order-issue\"{parameters}";
        await problems.WriteAsync(context, failure);
    }
}
