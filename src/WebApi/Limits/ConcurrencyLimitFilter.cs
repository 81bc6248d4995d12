using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using OrderIssues.WebApi.Errors;

namespace OrderIssues.WebApi.Limits;

/// <summary>
/// How many requests of an operation may be at work: each operation has turns of its own, so that searches, or look-ups in a ticket system
/// that doesn't answer, take none from the others. A request takes its turn once its body is here, so that slow clients hold none. (The
/// framework's limiter would have to be asked before that, and in a filter its leases cost more than all that they count.)
/// </summary>
internal sealed class ConcurrencyLimitFilter : IActionFilter
{
    /// <summary>More than it takes to keep the processors and the disk busy: what comes on top would only wait.</summary>
    private const int MaxConcurrency = 500;

    private readonly ConcurrentDictionary<ActionDescriptor, StrongBox<int>> atWork = new();

    public void OnActionExecuting(ActionExecutingContext context)
    {
        ref var count = ref CountOf(context.ActionDescriptor);
        if (Interlocked.Increment(ref count) > MaxConcurrency)
        {
            Interlocked.Decrement(ref count);
            throw new ProblemException(ProblemCode.Overloaded, "The service has more to do than it can.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }

    /// <summary>Called however the action ended, if its turn was taken.</summary>
    public void OnActionExecuted(ActionExecutedContext context)
    {
        Interlocked.Decrement(ref CountOf(context.ActionDescriptor));

        // From here on it is the client that takes its time: an answer that has begun must come whole, or be seen to be cut off.
        if (context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>() is { } timeout && context.Exception is null)
        {
            timeout.DisableTimeout();
            context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    private ref int CountOf(ActionDescriptor operation) => ref atWork.GetOrAdd(operation, _ => new()).Value;
}
