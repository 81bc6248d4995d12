using NSwag;
using NSwag.Generation;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.OpenApi;

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
            Description = "An API key, or a token (JWT) whose claim `scope` has `issues:read`, `issues:write` or both.",
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
