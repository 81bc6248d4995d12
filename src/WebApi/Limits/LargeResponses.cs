using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Issues.Models;
using OrderIssues.WebApi.Routing;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits how much of large responses waits for slow clients.</summary>
// A response is written to a buffer, which has a length, and frees the issue that it was made from.
internal sealed class LargeResponses(IOptions<JsonOptions> json) : IAsyncActionFilter, IAsyncResultFilter
{
    private const int LargeBytes = 1024 * 1024;
    private const int MaxMebibytesOfCaller = 64;
    private const int MaxMebibytes = 256;

    // An issue's size in the store and as JSON differ; this is far below the limit either way.
    private const int SmallIssueBytes = LargeBytes / 8;

    private readonly PartitionedRateLimiter<HttpContext> room =
        PartitionedRateLimiter.Create<HttpContext, RateLimitKey>(new ConcurrencyLimits(MaxMebibytesOfCaller, MaxMebibytes).Of);

    /// <exception cref="FailureException">The caller doesn't read its large responses, so that a change couldn't be answered.</exception>
    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // Once the change is made, it is too late to refuse it.
        if (!HeadRequests.IsRead(context.HttpContext.Request.Method)
            && room.GetStatistics(context.HttpContext) is { CurrentAvailablePermits: 0 })
        {
            throw TooMany();
        }

        return next();
    }

    /// <exception cref="FailureException">There is no room for a large response to a read.</exception>
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is SerializedResult serialized)
        {
            await SendAsync(context.HttpContext, serialized.Length, next);
            return;
        }

        if (context.Result is not ObjectResult { Value: { } value } result || value is IssueResponse { StoredBytes: < SmallIssueBytes })
        {
            await next();
            return;
        }

        var buffer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await JsonSerializer.SerializeAsync(buffer.Writer, value, value.GetType(), json.Value.JsonSerializerOptions);
        await buffer.Writer.CompleteAsync();
        result.Value = null;
        var bytes = (await buffer.Reader.ReadAsync()).Buffer;
        try
        {
            context.Result = new SerializedResult(result, bytes);
            await SendAsync(context.HttpContext, bytes.Length, next);
        }
        finally
        {
            await buffer.Reader.CompleteAsync();
        }
    }

    private async Task SendAsync(HttpContext context, long bytes, ResultExecutionDelegate next)
    {
        using var lease = bytes < LargeBytes ? null : Take(context, bytes);
        await next();
    }

    private static FailureException TooMany() => FailureException.Overloaded("Too many large responses are being sent at the same time.");

    private RateLimitLease Take(HttpContext context, long bytes)
    {
        var lease = room.AttemptAcquire(context, (int)Math.Min((bytes + LargeBytes - 1) / LargeBytes, MaxMebibytesOfCaller));
        return lease.IsAcquired || !HeadRequests.IsRead(context.Request.Method) ? lease : throw TooMany();
    }
}
