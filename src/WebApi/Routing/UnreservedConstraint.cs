using Microsoft.AspNetCore.Routing.Matching;

namespace OrderIssues.WebApi.Routing;

/// <summary>Keeps a parameter from matching another route's fixed segment.</summary>
// So a wrong method on /api/order-issue/create gives 405 instead of a missing issue.
internal sealed class UnreservedConstraint : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    public const string Name = "unreserved";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        true;

    public bool MatchesLiteral(string parameterName, string literal) => false;
}
