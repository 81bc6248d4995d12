using Namotion.Reflection;
using NSwag;
using NSwag.Generation;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.OpenApi;

internal static class OpenApiSetup
{
    private const string Title = "Order issue service";

    /// <summary>Serves the document at <c>/swagger/v1/swagger.json</c>.</summary>
    public static IServiceCollection AddOpenApi(this IServiceCollection services) =>
        services.AddSingleton<ServedDocument>().AddOpenApiDocument(document =>
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
            // Made when it is asked for, since the generator takes time that a start hasn't.
            pages.Use((context, next) => context.Request.Path == ServedDocument.Path
                ? context.RequestServices.GetRequiredService<ServedDocument>().SendAsync(context)
                : next(context));
            pages.UseSwaggerUi(page =>
            {
                page.TransformToExternalPath = (path, request) => request.PathBase + path;
                page.DocumentTitle = Title;
                page.DocExpansion = "list";
            });
        });

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
            new OpenApiTag { Name = "Views", Description = "Saved queries of the list of issues, shared by all." },
            new OpenApiTag { Name = "Events", Description = "What happened to issues, in one order." },
            new OpenApiTag { Name = "Customer data", Description = "What is kept about customers, and its erasure." },
            new OpenApiTag { Name = "Session", Description = "Who calls." },
            new OpenApiTag { Name = "Webhooks", Description = "Receivers of events, as they are configured." },
        ];
    }
}

/// <summary>Documents that an operation takes a token or an API key, whichever there is.</summary>
internal sealed class Credentials : IOperationProcessor
{
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";

    public static void Add(OpenApiDocumentGeneratorSettings document)
    {
        document.AddSecurity(Bearer, new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "An API key, or a token (JWT) whose claim `scope` has some of `issues:read`, `issues:write`, `webhooks:manage`, "
                + "`privacy:manage`.",
        });
        document.AddSecurity(ApiKey, new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.ApiKey,
            In = OpenApiSecurityApiKeyLocation.Header,
            Name = CredentialScheme.Header,
            Description = "An API key.",
        });
        document.OperationProcessors.Add(new Credentials());
    }

    public bool Process(OperationProcessorContext context)
    {
        context.OperationDescription.Operation.Security =
            [new OpenApiSecurityRequirement { [Bearer] = [] }, new OpenApiSecurityRequirement { [ApiKey] = [] }];
        return true;
    }
}
