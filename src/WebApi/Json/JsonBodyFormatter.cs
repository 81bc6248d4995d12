using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads JSON bodies, in UTF-8 (RFC 8259, section 8.1) and not compressed.</summary>
internal sealed class JsonBodyFormatter : SystemTextJsonInputFormatter
{
    public JsonBodyFormatter(JsonOptions options, ILogger<JsonBodyFormatter> logger)
        : base(options, logger) =>
        SupportedEncodings.Remove(UTF16EncodingLittleEndian);

    /// <summary>Also when there is no body, since that is then told as a missing body rather than as one of another media type.</summary>
    public override bool CanRead(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        return context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            || (request.Headers.ContentEncoding.All(coding => coding is null or "identity") && base.CanRead(context));
    }
}
