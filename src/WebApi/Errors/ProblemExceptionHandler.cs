using Microsoft.AspNetCore.Diagnostics;

namespace OrderIssues.WebApi.Errors;

internal sealed partial class ProblemExceptionHandler(
    ProblemWriter problems, FieldErrors fields, FailureLog failures, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // The caller has left; work cancelled for that reason isn't a fault.
            return true;
        }

        var problem = exception switch
        {
            ProblemException known => known,
            FailureException failure => ProblemException.From(failure),
            IOException broken => FrameworkProblems.From(broken),
            _ => new ProblemException(ProblemCode.InternalError, "The service failed; its log tells more under the traceId.", exception),
        };
        if (problem is { Code: ProblemCode.InternalError, InnerException: { } bug })
        {
            LogBug(bug, ProblemTypes.NameOf(problem.Code), ProblemWriter.TraceIdOf(httpContext));
        }
        else if (problem.InnerException is { } cause)
        {
            failures.Log(problem.Code, cause, ProblemWriter.TraceIdOf(httpContext));
        }

        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        await problems.WriteAsync(httpContext, problem, fields.Of(endpoint, problem.Errors));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answered {Code} ({TraceId})")]
    private partial void LogBug(Exception exception, string code, string traceId);
}
