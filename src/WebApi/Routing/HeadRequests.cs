namespace OrderIssues.WebApi.Routing;

internal static class HeadRequests
{
    /// <summary>Lets each endpoint that answers GET answer HEAD too (RFC 9110 section 9.3.2). The server leaves the body out.</summary>
    public static IEndpointConventionBuilder WithHead(this IEndpointConventionBuilder endpoints)
    {
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { HttpMethods: ["GET"] })
            {
                endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
            }
        });
        return endpoints;
    }
}
