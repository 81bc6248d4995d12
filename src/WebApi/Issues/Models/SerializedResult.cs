using System.Buffers;

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Sends a result whose JSON was made before.</summary>
/// <param name="result">Status and headers; its value isn't looked at.</param>
/// <param name="json">Body.</param>
internal sealed class SerializedResult(ObjectResult result, ReadOnlySequence<byte> json) : ActionResult
{
    public long Length => json.Length;

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        result.OnFormatting(context);
        response.StatusCode = result.StatusCode ?? response.StatusCode;
        response.ContentType = IssueResponses.ContentType;
        response.ContentLength = json.Length;
        foreach (var piece in json)
        {
            await response.Body.WriteAsync(piece, context.HttpContext.RequestAborted);
        }
    }
}
