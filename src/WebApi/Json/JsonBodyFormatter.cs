using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads JSON bodies; and says of a missing body that it is missing, not that its media type is unsupported.</summary>
internal sealed class JsonBodyFormatter(JsonOptions options, ILogger<JsonBodyFormatter> logger) : SystemTextJsonInputFormatter(options, logger)
{
    public override bool CanRead(InputFormatterContext context) =>
        context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || base.CanRead(context);
}
