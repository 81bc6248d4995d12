using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using OrderIssues.WebApi.Idempotency;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads uncompressed JSON objects in UTF-8 (RFC 8259).</summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    private readonly JsonSerializerOptions options;

    public JsonBodyFormatter(JsonSerializerOptions options)
    {
        this.options = options;
        SupportedMediaTypes.Add("application/json");
        SupportedMediaTypes.Add("application/*+json");
    }

    // An absent body is read too, so that it is reported as missing, not as a wrong media type.
    public override bool CanRead(InputFormatterContext context) => !HasBody(context.HttpContext) || base.CanRead(context);

    public override async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        if (HasBody(context.HttpContext))
        {
            RequirePlainUtf8(context.HttpContext.Request);
        }

        using var body = await context.HttpContext.RequestServices.GetRequiredService<BodyReader>().ReadAsync(context.HttpContext);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        BodyDigest.Take(context.HttpContext, bytes.Span);
        return await InputFormatterResult.SuccessAsync(BodyParser.Parse(bytes.Span, context.ModelType, options));
    }

    // Never called, since ReadAsync reads empty bodies too.
    public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context) => ReadAsync(context);

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    private static void RequirePlainUtf8(HttpRequest request)
    {
        if (!IsUtf8(request))
        {
            throw new ProblemException(
                ProblemCode.UnsupportedMediaType, "The body must be in UTF-8: name that charset in Content-Type, or none.");
        }

        if (request.Headers.ContentEncoding.Any(coding => coding is not (null or "" or "identity")))
        {
            throw new ProblemException(
                ProblemCode.UnsupportedMediaType, "The body must not be compressed: Content-Encoding isn't supported.");
        }
    }

    private static bool IsUtf8(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { } type
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
