using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace OrderIssues.WebApi.Security;

/// <summary>Scopes that a credential may permit. Neither contains the other.</summary>
internal static class Scopes
{
    public const string Claim = "scope";

    /// <summary>Permits reading issues and tickets.</summary>
    public const string Read = "issues:read";

    /// <summary>Permits reporting and changing issues; answers show the issue.</summary>
    public const string Write = "issues:write";

    public static readonly IReadOnlyList<string> All = [Read, Write];

    /// <summary>Looks a scope up in the claims, which separate scopes by spaces (RFC 8693 section 4.2).</summary>
    public static bool Permits(this ClaimsPrincipal caller, string scope) =>
        caller.FindAll(Claim).Any(claim => claim.Value.Split(' ').Contains(scope));

    /// <summary>Scope that an operation of these methods needs.</summary>
    public static string Of(IEnumerable<string> methods) =>
        methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) ? Read : Write;

    /// <summary>Requires of each endpoint the scope that fits its methods.</summary>
    public static void RequireScopes(this IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint =>
        endpoint.Metadata.Add(new AuthorizeAttribute(Of(endpoint.Metadata.OfType<IHttpMethodMetadata>().Last().HttpMethods))));
}
