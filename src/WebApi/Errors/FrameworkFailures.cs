using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.WebApi.Errors;

/// <summary>What the framework refuses by itself, as the failures that callers know.</summary>
internal static partial class FrameworkFailures
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

    /// <summary>For a body that can't be bound. What else a request says is text, which always can.</summary>
    public static IActionResult ThrowMalformedBody(ActionContext context)
    {
        var field = context.ModelState.Keys.FirstOrDefault(path => path.Length < 100 && FieldPath().IsMatch(path))?[2..];
        throw new FailureException(FailureCode.MalformedBody, field is null
            ? "The body must be a JSON object, nested at most 32 deep."
            : $"The body isn't JSON, or holds a value of the wrong type, at {field}.");
    }

    public static FailureException From(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? new(FailureCode.PayloadTooLarge, "The body is larger than 1 MiB.")
            : new(FailureCode.MalformedBody, "The body ended early, or its framing is broken.");

    /// <summary>A path as System.Text.Json writes it: <c>$.items[0].qty</c>.</summary>
    [GeneratedRegex(@"\A\$(\.\w+(\[[0-9]+\])*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPath();
}
