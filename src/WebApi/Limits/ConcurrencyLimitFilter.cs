using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits the concurrent requests of each operation.</summary>
// Requests count once their body is read, so that slow clients don't; the framework's limiter would count them before that.
internal sealed class ConcurrencyLimitFilter : IActionFilter
{
    // More than keeps the processors and the disk busy: further requests would only wait.
    private const int MaxConcurrency = 500;

    private readonly ConcurrentDictionary<ActionDescriptor, StrongBox<int>> atWork = new();

    public void OnActionExecuting(ActionExecutingContext context)
    {
        ref var count = ref CountOf(context.ActionDescriptor);
        if (Interlocked.Increment(ref count) > MaxConcurrency)
        {
            Interlocked.Decrement(ref count);
            throw FailureException.Overloaded("The service has more to do than it can.");
        }
    }

    // Called however an action ended, but not after a refusal.
    public void OnActionExecuted(ActionExecutedContext context)
    {
        Interlocked.Decrement(ref CountOf(context.ActionDescriptor));

        // From here on the client takes its time, and an answer that has begun must come whole, or be seen to be cut off.
        if (context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>() is { } timeout && context.Exception is null)
        {
            timeout.DisableTimeout();
            context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    private ref int CountOf(ActionDescriptor operation) => ref atWork.GetOrAdd(operation, _ => new()).Value;
}
