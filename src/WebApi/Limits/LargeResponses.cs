using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits how much of large responses waits for slow clients.</summary>
// A response is written to a buffer, which has a length, and frees the issue that it was made from.
internal sealed class LargeResponses(IOptions<JsonOptions> json) : IActionFilter, IResultFilter, IDisposable
{
    private const int LargeBytes = 1024 * 1024;
    private const int MaxMebibytesOfCaller = 64;
    private const int MaxMebibytes = 256;

    // An issue's size in the store and as JSON differ; this is far below the limit either way.
    private const int SmallIssueBytes = LargeBytes / 8;

    private readonly PartitionedRateLimiter<HttpContext> room =
        PartitionedRateLimiter.Create<HttpContext, RateLimitKey>(new ConcurrencyLimits(MaxMebibytesOfCaller, MaxMebibytes).Of);

    /// <exception cref="FailureException">The caller doesn't read its large responses, so that a change couldn't be answered.</exception>
    public void OnActionExecuting(ActionExecutingContext context)
    {
        // Once the change is made, it is too late to refuse it.
        if (!HeadRequests.IsRead(context.HttpContext.Request.Method)
            && room.GetStatistics(context.HttpContext) is { CurrentAvailablePermits: 0 })
        {
            throw TooMany();
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is SerializedResult serialized)
        {
            context.Result = new DelegatedResult(action => SendAsync(action, serialized));
        }
        else if (context.Result is ObjectResult { Value: { } value } result
            && value is not IssueResponse { StoredBytes: < SmallIssueBytes })
        {
            context.Result = new DelegatedResult(action => SerializeAndSendAsync(action, result, value));
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    public void Dispose() => room.Dispose();

    private async Task SerializeAndSendAsync(ActionContext context, ObjectResult result, object value)
    {
        var buffer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await JsonSerializer.SerializeAsync(buffer.Writer, value, value.GetType(), json.Value.JsonSerializerOptions);
        await buffer.Writer.CompleteAsync();
        result.Value = null;
        try
        {
            await SendAsync(context, new SerializedResult(result, (await buffer.Reader.ReadAsync()).Buffer));
        }
        finally
        {
            await buffer.Reader.CompleteAsync();
        }
    }

    /// <exception cref="FailureException">There is no room for a large response to a read.</exception>
    private async Task SendAsync(ActionContext context, SerializedResult result)
    {
        using var lease = result.Length < LargeBytes ? null : Take(context.HttpContext, result.Length);
        await result.ExecuteResultAsync(context);
    }

    private static FailureException TooMany() => FailureException.Overloaded("Too many large responses are being sent at the same time.");

    private RateLimitLease Take(HttpContext context, long bytes)
    {
        var lease = room.AttemptAcquire(context, (int)Math.Min((bytes + LargeBytes - 1) / LargeBytes, MaxMebibytesOfCaller));
        return lease.IsAcquired || !HeadRequests.IsRead(context.Request.Method) ? lease : throw TooMany();
    }

    private sealed class DelegatedResult(Func<ActionContext, Task> execute) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context) => execute(context);
    }
}
