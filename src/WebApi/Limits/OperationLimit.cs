using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc.Filters;
using OrderIssues.Application.Common.Errors;

namespace OrderIssues.WebApi.Limits;

/// <summary>
/// How many requests of an operation may be at work: each operation has turns of its own, so that searches, or look-ups in a ticket system
/// that doesn't answer, take none from the others. A request takes its turn once its body is here, so that slow clients hold none.
/// </summary>
internal sealed class OperationLimit : IAsyncActionFilter, IDisposable
{
    /// <summary>More than it takes to keep the processors and the disk busy: what comes on top would only wait.</summary>
    private const int MostAtOnce = 500;

    private readonly ConcurrentDictionary<string, ConcurrencyLimiter> operations = new();

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var limiter = operations.GetOrAdd(context.ActionDescriptor.Id, _ => new ConcurrencyLimiter(new() { PermitLimit = MostAtOnce }));
        using var turn = limiter.AttemptAcquire();
        if (!turn.IsAcquired)
        {
            throw new FailureException(FailureCode.Overloaded, "The service has more to do than it can.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        await next();

        // From here on it is the client that takes its time: an answer that has begun must come whole, or be seen to be cut off.
        context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var limiter in operations.Values)
        {
            limiter.Dispose();
        }
    }
}
