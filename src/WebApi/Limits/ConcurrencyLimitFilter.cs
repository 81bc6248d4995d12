using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace OrderIssues.WebApi.Limits;

/// <summary>Limits the concurrent requests of each operation.</summary>
// Requests count once their body is read, so that slow clients don't; the framework's limiter would count them before that.
// Operations with a limit of their own don't count here.
internal sealed class ConcurrencyLimitFilter : IActionFilter
{
    // Enough to keep processors and disk busy; further requests would only wait.
    private const int MaxConcurrency = 500;

    private readonly ConcurrentDictionary<ActionDescriptor, OperationCount> atWork = new();

    public void OnActionExecuting(ActionExecutingContext context)
    {
        var operation = CountOf(context.ActionDescriptor);
        if (Interlocked.Increment(ref operation.Count) > operation.Max)
        {
            Interlocked.Decrement(ref operation.Count);
            throw FailureException.Overloaded("The service has more to do than it can.");
        }
    }

    // Called after every action that ran, failed or not.
    public void OnActionExecuted(ActionExecutedContext context)
    {
        Interlocked.Decrement(ref CountOf(context.ActionDescriptor).Count);

        // The rest depends on the client's speed: a response that has started must be sent whole or be visibly cut off.
        if (context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>() is { } timeout && context.Exception is null)
        {
            timeout.DisableTimeout();
            context.HttpContext.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    private OperationCount CountOf(ActionDescriptor operation) => atWork.GetOrAdd(operation, static known => new(known));

    private sealed class OperationCount(ActionDescriptor operation)
    {
        public int Count;

        public int Max { get; } = operation.EndpointMetadata.OfType<EnableRateLimitingAttribute>().Any() ? int.MaxValue : MaxConcurrency;
    }
}
