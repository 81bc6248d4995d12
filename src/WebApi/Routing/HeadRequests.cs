namespace OrderIssues.WebApi.Routing;

internal static class HeadRequests
{
    /// <summary>True for GET and HEAD.</summary>
    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>Makes GET endpoints answer HEAD (RFC 9110 section 9.3.2).</summary>
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
