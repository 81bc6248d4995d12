using Microsoft.AspNetCore.Diagnostics;

namespace OrderIssues.WebApi.Errors;

/// <summary>ConcurrencyLimits whatever a request ended with into a <see cref="Problem"/>, in every environment alike.</summary>
internal sealed partial class ProblemExceptionHandler(
    ProblemWriter problems, FieldErrors fields, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // The caller is gone, and what it didn't wait for isn't a fault.
            return true;
        }

        var failure = exception switch
        {
            FailureException known => known,
            IOException broken => FrameworkFailures.From(broken),
            _ => new FailureException(FailureCode.InternalError, "The service failed; its log tells more under the traceId.", exception),
        };
        if (failure.InnerException is not null)
        {
            LogFailure(failure.InnerException, ProblemTypes.NameOf(failure.Code), ProblemWriter.TraceIdOf(httpContext));
        }

        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        await problems.WriteAsync(httpContext, failure, fields.Of(endpoint, failure.Errors));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answered {Code} ({TraceId})")]
    private partial void LogFailure(Exception exception, string code, string traceId);
}
