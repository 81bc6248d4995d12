using Microsoft.AspNetCore.Routing.Matching;

namespace OrderIssues.WebApi.Routing;

/// <summary>Route constraint <c>unreserved</c>: keeps a parameter from matching a fixed segment of another route.</summary>
/// <remarks>A wrong method on <c>/api/order-issue/create</c> is then told as such, rather than as a missing issue.</remarks>
internal sealed class UnreservedConstraint : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    public const string Name = "unreserved";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        true;

    public bool MatchesLiteral(string parameterName, string literal) => false;
}
