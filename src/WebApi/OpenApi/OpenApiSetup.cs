using Namotion.Reflection;
using NSwag;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.OpenApi;

internal static class OpenApiSetup
{
    private const string Title = "Order issue service";

    /// <summary>Serves the document at <c>/swagger/v1/swagger.json</c>.</summary>
    public static IServiceCollection AddOpenApi(this IServiceCollection services) =>
        services.AddOpenApiDocument(document =>
        {
            document.Title = Title;
            document.Version = "1";
            document.Description = "The one record of everything that went wrong with an order.";
            document.UseRouteNameAsOperationId = true;
            Credentials.Add(document);
            var examples = new Examples();
            document.PostProcess = made => Complete(made, examples);
            document.OperationProcessors.Add(new FailureResponses());
            document.OperationProcessors.Add(new ResponseHeaders());
            document.OperationProcessors.Add(new MediaTypes());
            document.OperationProcessors.Add(new Parameters());
            document.OperationProcessors.Add(examples);
            document.SchemaSettings.SchemaProcessors.Add(new OptionalFieldsProcessor());
            document.SchemaSettings.FlattenInheritanceHierarchy = true;
            document.SchemaSettings.AlwaysAllowAdditionalObjectProperties = true;
            document.SchemaSettings.XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown;
        });

    /// <summary>Serves the document and Swagger UI, and nothing else below <c>/swagger</c>.</summary>
    public static void UseSwagger(this IApplicationBuilder app) => app.MapWhen(
        context => context.Request.Path.StartsWithSegments(OpenPaths.Swagger),
        pages =>
        {
            pages.UseOpenApi(document => document.PostProcess = ServeHere);
            pages.UseSwaggerUi(page =>
            {
                page.TransformToExternalPath = (path, request) => request.PathBase + path;
                page.DocumentTitle = Title;
                page.DocExpansion = "list";
            });
        });

    /// <summary>Names the host that the document was fetched from as the server.</summary>
    private static void ServeHere(OpenApiDocument document, HttpRequest request)
    {
        document.Servers.Clear();
        document.Servers.Add(new OpenApiServer { Url = $"{request.Scheme}://{request.Host}{request.PathBase}" });
    }

    private static void Complete(OpenApiDocument document, Examples examples)
    {
        OptionalFieldsProcessor.Forget(document);
        FieldSchemas.Complete(document);
        examples.Sort(document);
        document.Info.Contact = new OpenApiContact { Name = "Whoever runs this service" };
        document.Tags =
        [
            new OpenApiTag { Name = "Tickets", Description = "What customers told Freshdesk or TikTok." },
            new OpenApiTag { Name = "Order issues", Description = "What went wrong with orders." },
        ];
    }
}
