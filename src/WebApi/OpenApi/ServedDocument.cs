using NSwag;
using NSwag.Generation;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>Document as it is served: made once, with the host that it is fetched from as the server.</summary>
// NSwag's own middleware makes and keeps a document for each Host that a request names, and takes X-Forwarded headers of anybody.
internal sealed class ServedDocument(IOpenApiDocumentGenerator generator)
{
    public const string Path = "/swagger/v1/swagger.json";

    private const string Server = "https://server.invalid";

    private string? json;

    public async Task SendAsync(HttpContext context)
    {
        json ??= await MakeAsync();
        var request = context.Request;
        var isKnown = request is { Scheme: "http" or "https", Host.HasValue: true };
        var server = isKnown ? $"{request.Scheme}://{request.Host}{request.PathBase}" : $"{request.PathBase}/";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json.Replace($"\"{Server}\"", JsonSerializer.Serialize(server), StringComparison.Ordinal));
    }

    private async Task<string> MakeAsync()
    {
        var document = await generator.GenerateAsync("v1");
        document.Servers.Clear();
        document.Servers.Add(new OpenApiServer { Url = Server });
        return document.ToJson();
    }
}
