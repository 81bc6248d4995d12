using Microsoft.AspNetCore.Routing.Matching;

namespace OrderIssues.WebApi.Routing;

/// <summary>Keeps a parameter from matching another route's fixed segment.</summary>
// A wrong method on /api/order-issue/create is then told as such, rather than as a missing issue.
internal sealed class UnreservedConstraint : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    public const string Name = "unreserved";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        true;

    public bool MatchesLiteral(string parameterName, string literal) => false;
}
