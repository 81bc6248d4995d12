namespace OrderIssues.WebApi.Routing;

internal static class HeadRequests
{
    /// <summary>What answers GET answers HEAD too, with all but the body (RFC 9110 section 9.3.2), which the server leaves out by itself.</summary>
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
