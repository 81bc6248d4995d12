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
    // Enough to keep processors and disk busy; further requests would only wait.
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

    // Called after every action that ran, failed or not.
    public void OnActionExecuted(ActionExecutedContext context)
    {
        Interlocked.Decrement(ref CountOf(context.ActionDescriptor));

        // The rest depends on the client's speed: a response that has started must be sent whole or be visibly cut off.
        if (context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>() is { } timeout && context.Exception is null)
        {
            timeout.DisableTimeout();
            context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    private ref int CountOf(ActionDescriptor operation) => ref atWork.GetOrAdd(operation, _ => new()).Value;
}
