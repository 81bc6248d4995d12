using Microsoft.AspNetCore.Diagnostics;

namespace OrderIssues.WebApi.Errors;

internal static class FrameworkProblems
{
    /// <summary>Adds a problem to an answer without a body.</summary>
    public static Task WriteStatusAsync(StatusCodeContext context)
    {
        var problem = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new ProblemException(ProblemCode.RouteNotFound, "There is nothing at this path."),
            StatusCodes.Status405MethodNotAllowed => new(ProblemCode.MethodNotAllowed, "This path doesn't take this method."),
            StatusCodes.Status415UnsupportedMediaType => new(ProblemCode.UnsupportedMediaType, "The body must be JSON (application/json)."),
            >= 400 and < 500 => new ProblemException(ProblemCode.MalformedBody, "The request can't be read."),
            _ => new(ProblemCode.InternalError, "The service failed."),
        };
        return context.HttpContext.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context.HttpContext, problem);
    }

    // Only a missing body fails model binding; all other values bind as text.
    public static IActionResult ThrowMissingBody(ActionContext context) =>
        throw new ProblemException(ProblemCode.MalformedBody, "The body is missing.");

    public static ProblemException TooLarge() => new(ProblemCode.PayloadTooLarge, "The body is larger than 1 MiB.");

    public static ProblemException From(IOException exception) =>
        exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            ? TooLarge()
            : new(ProblemCode.MalformedBody, "The body ended early, or its framing is broken.");
}
