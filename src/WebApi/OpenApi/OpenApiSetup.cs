using Namotion.Reflection;
using NSwag;
using NSwag.Generation.Processors.Security;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.OpenApi;

internal static class OpenApiSetup
{
    /// <summary>Serves the document at <c>/swagger/v1/swagger.json</c>.</summary>
    public static IServiceCollection AddOpenApi(this IServiceCollection services) =>
        services.AddOpenApiDocument(document =>
        {
            document.Title = "Order issue service";
            document.Version = "1";
            document.Description = "The one record of everything that went wrong with an order.";
            document.UseRouteNameAsOperationId = true;
            document.PostProcess = Complete;
            document.AddSecurity("bearer", new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, or a token (JWT) whose claim `scope` has `issues:read`, `issues:write` or both.",
            });
            document.AddSecurity("apiKey", new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.ApiKey,
                In = OpenApiSecurityApiKeyLocation.Header,
                Name = CredentialScheme.Header,
                Description = "An API key.",
            });
            document.OperationProcessors.Add(new OperationSecurityScopeProcessor("bearer"));
            document.OperationProcessors.Add(new FailureResponses());
            document.OperationProcessors.Add(new ResponseHeaders());
            document.OperationProcessors.Add(new MediaTypes());
            document.OperationProcessors.Add(new Examples());
            document.OperationProcessors.Add(new NullabilityProcessor());
            document.SchemaSettings.SchemaProcessors.Add(new NullabilityProcessor());
            document.SchemaSettings.SchemaProcessors.Add(new OptionalFieldsProcessor());
            document.SchemaSettings.FlattenInheritanceHierarchy = true;
            document.SchemaSettings.XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown;
        });

    /// <summary>Serves the document and Swagger UI, and nothing else below <c>/swagger</c>.</summary>
    public static void UseSwagger(this IApplicationBuilder app) => app.MapWhen(
        context => context.Request.Path.StartsWithSegments(OpenPaths.Swagger),
        pages =>
        {
            pages.UseOpenApi(document => document.PostProcess = ServeHere);
            pages.UseSwaggerUi(page => page.TransformToExternalPath = (path, request) => request.PathBase + path);
        });

    /// <summary>Names the document's own host as the server.</summary>
    private static void ServeHere(OpenApiDocument document, HttpRequest request)
    {
        document.Servers.Clear();
        document.Servers.Add(new OpenApiServer { Url = request.PathBase.HasValue ? request.PathBase.Value : "/" });
    }

    private static void Complete(OpenApiDocument document)
    {
        OptionalFieldsProcessor.Forget(document);
        document.Info.Contact = new OpenApiContact { Name = "Whoever runs this service" };
        document.Tags =
        [
            new OpenApiTag { Name = "Order issues", Description = "What went wrong with orders." },
            new OpenApiTag { Name = "Tickets", Description = "What customers told Freshdesk or TikTok." },
        ];
    }
}
