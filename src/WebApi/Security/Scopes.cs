using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Security;

/// <summary>Scopes of a credential; neither contains the other.</summary>
internal static class Scopes
{
    public const string Claim = "scope";
    public const string Read = "issues:read";
    public const string Write = "issues:write";

    public const string ManageWebhooks = "webhooks:manage";
    public const string ManagePrivacy = "privacy:manage";
    public const string ReadMetrics = "metrics:read";

    public static readonly IReadOnlyList<string> All = [Read, Write, ManageWebhooks, ManagePrivacy, ReadMetrics];

    /// <summary>Looks up a space-separated scope (RFC 8693 section 4.2).</summary>
    public static bool HasScope(this ClaimsPrincipal caller, string scope) =>
        caller.FindAll(Claim).Any(claim => claim.Value.Split(' ').Contains(scope));

    public static string Of(IEnumerable<string> methods) =>
        methods.All(HeadRequests.IsRead) ? Read : Write;

    /// <summary>Requires the scope of each endpoint, unless it asks for any credential.</summary>
    public static void RequireScopes(this IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint =>
    {
        if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(
                endpoint.Metadata.OfType<ScopeAttribute>().LastOrDefault()?.Scope
                ?? Of(endpoint.Metadata.OfType<IHttpMethodMetadata>().Last().HttpMethods)));
        }
    });
}

/// <summary>Requires a scope, whatever the method.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ScopeAttribute(string scope) : Attribute
{
    public string Scope { get; } = scope;
}
