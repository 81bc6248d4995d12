using Microsoft.AspNetCore.Diagnostics;

namespace OrderIssues.WebApi.Errors;

/// <summary>What the framework refuses by itself, as the failures that callers know.</summary>
internal static class FrameworkFailures
{
    /// <summary>For an answer that has a status and no body.</summary>
    public static Task WriteStatusAsync(StatusCodeContext context)
    {
        var failure = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new FailureException(FailureCode.RouteNotFound, "There is nothing at this path."),
            StatusCodes.Status405MethodNotAllowed => new(FailureCode.MethodNotAllowed, "This path doesn't take this method."),
            StatusCodes.Status415UnsupportedMediaType => new(FailureCode.UnsupportedMediaType, "The body must be JSON (application/json)."),
            >= 400 and < 500 => new FailureException(FailureCode.MalformedBody, "The request can't be read."),
            _ => new(FailureCode.InternalError, "The service failed."),
        };
        return context.HttpContext.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context.HttpContext, failure);
    }

    /// <summary>For a body that wasn't read. What else a request says is text, which can always be bound.</summary>
    public static IActionResult ThrowMissingBody(ActionContext context) =>
        throw new FailureException(FailureCode.MalformedBody, "The body is missing.");

    /// <summary>For a body of more than 1 MiB.</summary>
    public static FailureException TooLarge() => new(FailureCode.PayloadTooLarge, "The body is larger than 1 MiB.");

    /// <summary>For a body that the server can't take.</summary>
    public static FailureException From(IOException exception) =>
        exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            ? TooLarge()
            : new(FailureCode.MalformedBody, "The body ended early, or its framing is broken.");
}
